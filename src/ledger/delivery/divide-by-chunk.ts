import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';

/** A pair with its place in the file. */
export interface PairKey {
  seq: number;
  groupId: GroupId;
  userId: UserId;
}

/** @returns the pairs by the number of their chunk */
export async function divideByChunk(
  db: Db,
  importId: number,
  pairs: readonly PairKey[],
): Promise<Map<number, PairKey[]>> {
  const chunks = await db
    .selectFrom('chunks')
    .select(['number', 'last_group', 'last_user'])
    .where('import_id', '=', importId)
    .orderBy('number')
    .execute();
  const sorted = pairs.toSorted((a, b) => a.groupId - b.groupId || a.userId - b.userId);
  const divided = new Map<number, PairKey[]>();
  let at = 0;
  for (const { number, last_group, last_user } of chunks) {
    const from = at;
    while (at < sorted.length && isUpTo(sorted[at], last_group, last_user)) at++;
    if (at > from) divided.set(number, sorted.slice(from, at));
  }
  return divided;
}

const isUpTo = (pair: PairKey | undefined, group: GroupId, user: UserId): boolean =>
  pair !== undefined && (pair.groupId < group || (pair.groupId === group && pair.userId <= user));
