import { sql } from 'kysely';
import type { GroupStep, WaitingGroup, WaitingGroups } from '../../domain/imports/waiting-group.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import type { ChunkRange } from './chunks.ts';

/** No pause is this long: a longer wait was recorded before the clock was set back. In milliseconds. */
const LONGEST_MS = 1_200_000;

/** Waiting groups of a chunk, each with the remaining wait in milliseconds; 0 when it may be tried now. */
export type GroupWaits = Readonly<Record<GroupStep, ReadonlyMap<GroupId, number>>>;

interface CodedText {
  code: string;
  description: string;
}

/** @returns the chunk's groups after a failed try */
export async function readGroupWaits(
  db: Db,
  { import_id, number }: Pick<ChunkRange, 'import_id' | 'number'>,
): Promise<GroupWaits> {
  const rows = await db
    .selectFrom('group_waits')
    .select(['group_id', 'step'])
    .select(sql<number>`next_at - ${ledgerNow(db)}`.as('next_in'))
    .where('import_id', '=', import_id)
    .where('chunk', '=', number)
    .execute();
  const waits = { read: new Map<GroupId, number>(), invite: new Map<GroupId, number>() };
  for (const { group_id, step, next_in } of rows) {
    waits[step].set(group_id, next_in > LONGEST_MS ? 0 : Math.max(0, next_in));
  }
  return waits;
}

/** @returns the groups that still have to wait */
export const notDue = (waits: ReadonlyMap<GroupId, number> = new Map()): GroupId[] =>
  [...waits].flatMap(([id, inMs]) => (inMs > 0 ? [id] : []));

/** Call inside `changeImport`. @param pause milliseconds, by the number of consecutive failures */
export async function noteGroupFailures(
  db: Db,
  { import_id, number }: Pick<ChunkRange, 'import_id' | 'number'>,
  step: GroupStep,
  failed: ReadonlyMap<GroupId, CodedText>,
  pause: (failures: number) => number,
): Promise<void> {
  if (failed.size === 0) return;
  const known = await db
    .selectFrom('group_waits')
    .select(['group_id', 'failures'])
    .where('import_id', '=', import_id)
    .where('chunk', '=', number)
    .where('step', '=', step)
    .execute();
  const failures = new Map(known.map((row) => [row.group_id, row.failures]));
  const now = ledgerNow(db);
  for (const [group_id, { code, description }] of failed) {
    const count = (failures.get(group_id) ?? 0) + 1;
    const wait = {
      ...{ code, description, failures: count },
      next_at: sql<number>`${now} + ${Math.round(pause(count))}`,
    };
    await db
      .insertInto('group_waits')
      .values({ import_id, chunk: number, group_id, step, since: now, ...wait })
      .onConflict((conflict) =>
        conflict.columns(['import_id', 'chunk', 'group_id', 'step']).doUpdateSet(wait),
      )
      .execute();
  }
}

/** Deletes the waits of groups that were answered. Call inside `changeImport`. */
export async function endGroupWaits(
  db: Db,
  { import_id, number }: Pick<ChunkRange, 'import_id' | 'number'>,
  step: GroupStep,
  groupIds: readonly GroupId[],
): Promise<void> {
  if (groupIds.length === 0) return;
  await db
    .deleteFrom('group_waits')
    .where('import_id', '=', import_id)
    .where('chunk', '=', number)
    .where('step', '=', step)
    .where('group_id', 'in', groupIds)
    .execute();
}

/** Deletes all waits of a chunk when its pairs are retried. Call inside `changeImport`. */
export async function forgetGroupWaits(
  db: Db,
  { import_id, number }: Pick<ChunkRange, 'import_id' | 'number'>,
): Promise<void> {
  await db
    .deleteFrom('group_waits')
    .where('import_id', '=', import_id)
    .where('chunk', '=', number)
    .execute();
}

/** Number of waits that are read to find the first groups; each chunk has its own. */
const ROWS = 200;

/**
 * @param first number of groups to list
 * @returns the waiting groups of an import that have pending pairs; undefined when there are none
 */
export async function findWaitingGroups(
  db: Db,
  importId: number,
  first: number,
): Promise<WaitingGroups | undefined> {
  const waiting = db
    .selectFrom('group_waits')
    .innerJoin('group_tallies', (join) =>
      join
        .onRef('group_tallies.import_id', '=', 'group_waits.import_id')
        .onRef('group_tallies.group_id', '=', 'group_waits.group_id')
        .on('group_tallies.outcome', '=', 'pending')
        .on('group_tallies.count', '>', 0),
    )
    .where('group_waits.import_id', '=', importId);
  const rows = await waiting
    .select(['group_waits.group_id', 'step', 'code', 'description', 'failures', 'since', 'next_at'])
    .orderBy('since')
    .orderBy('group_waits.group_id')
    .limit(ROWS)
    .execute();
  if (rows.length === 0) return undefined;
  const groups = await waiting
    .select(['group_waits.group_id', 'group_tallies.count'])
    .select((eb) => eb.fn.min('next_at').as('next_at'))
    .groupBy(['group_waits.group_id', 'group_tallies.count'])
    .execute();
  const named = new Map<string, WaitingGroup>();
  for (const row of rows) {
    const key = `${row.step} ${row.group_id}`;
    const known = named.get(key);
    named.set(key, {
      ...{ id: row.group_id, step: row.step },
      ...{ code: row.code, description: row.description },
      ...{ since: known?.since ?? new Date(row.since), tries: row.failures },
      nextTryAt: new Date(Math.min(row.next_at, known?.nextTryAt.getTime() ?? row.next_at)),
    });
  }
  return {
    count: groups.length,
    pairs: groups.reduce((sum, { count }) => sum + Number(count), 0),
    nextTryAt: new Date(Math.min(...groups.map(({ next_at }) => Number(next_at)))),
    first: [...named.values()].slice(0, first),
  };
}
