import type { Db, SentPairTable } from '../db/schema.ts';

/**
 * Counts the pairs that were sent and have no outcome yet, including those of `countLeftOut`. They cannot be
 * recalled.
 *
 * @param importIds only these imports. @default all
 * @returns the number by import, without imports that have none
 */
export const countInFlight = (
  db: Db,
  importIds?: readonly number[],
): Promise<Map<number, number>> => countMarks(db, importIds);

/**
 * Counts the pairs that were sent and that the answer did not name: they are not invited, and the reason has to be
 * looked up.
 *
 * @returns the number by import, without imports that have none
 */
export const countLeftOut = (db: Db, importIds: readonly number[]): Promise<Map<number, number>> =>
  countMarks(db, importIds, 'left_out');

async function countMarks(
  db: Db,
  importIds: readonly number[] | undefined,
  phase?: SentPairTable['phase'],
): Promise<Map<number, number>> {
  if (importIds?.length === 0) return new Map();
  const rows = await db
    .selectFrom('sent_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'sent_pairs.import_id')
        .onRef('pairs.seq', '=', 'sent_pairs.seq'),
    )
    .select(['sent_pairs.import_id', (eb) => eb.fn.countAll().as('count')])
    .$if(importIds !== undefined, (query) =>
      query.where('sent_pairs.import_id', 'in', importIds ?? []),
    )
    .$if(phase !== undefined, (query) => query.where('phase', '=', phase ?? 'sent'))
    .where('pairs.outcome', '=', 'pending')
    .groupBy('sent_pairs.import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}

/** @returns whether other imports of the portal have pairs of this one in flight, so that it waits */
export async function isInFlightElsewhere(
  db: Db,
  importId: number,
  portal: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('sent_pairs')
    .innerJoin('pair_keys', (join) =>
      join
        .on('pair_keys.import_id', '=', importId)
        .onRef('pair_keys.group_id', '=', 'sent_pairs.group_id')
        .onRef('pair_keys.user_id', '=', 'sent_pairs.user_id'),
    )
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'pair_keys.import_id')
        .onRef('pairs.seq', '=', 'pair_keys.seq'),
    )
    .select('sent_pairs.seq')
    .where('sent_pairs.portal', '=', portal)
    .where('sent_pairs.import_id', '!=', importId)
    .where('pairs.outcome', '=', 'pending')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
