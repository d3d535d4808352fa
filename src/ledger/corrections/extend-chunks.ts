import { sql } from 'kysely';
import type { Db } from '../db/schema.ts';
import type { PairKey } from '../delivery/divide-by-chunk.ts';

/**
 * Adds a new pending pair to the chunk whose range it is in; a chunk's range grows down, or that of the last one up,
 * if it is in none. Call inside `changeImport`, after the pair's key was inserted. A worker that has claimed the chunk
 * already does not see the pair: its next turn does.
 */
export async function addToChunk(
  tx: Db,
  importId: number,
  { groupId, userId }: PairKey,
): Promise<void> {
  const chunks = tx
    .selectFrom('chunks')
    .select(['number', 'first_group', 'first_user'])
    .where('import_id', '=', importId);
  const holding = await chunks
    .where(sql<boolean>`(last_group, last_user) >= (${groupId}, ${userId})`)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  const chunk = holding ?? (await chunks.orderBy('number', 'desc').limit(1).executeTakeFirst());
  const [first, last] = [
    { first_group: groupId, first_user: userId },
    { last_group: groupId, last_user: userId },
  ];
  if (chunk === undefined) {
    const only = { import_id: importId, number: 0, ...first, ...last, unsettled: 1, owner: null };
    await tx.insertInto('chunks').values(only).execute();
    return;
  }
  const isBefore =
    groupId < chunk.first_group || (groupId === chunk.first_group && userId < chunk.first_user);
  await tx
    .updateTable('chunks')
    .set({ unsettled: sql`unsettled + 1` })
    .$if(holding === undefined, (query) => query.set(last))
    .$if(holding !== undefined && isBefore, (query) => query.set(first))
    .where('import_id', '=', importId)
    .where('number', '=', chunk.number)
    .execute();
}
