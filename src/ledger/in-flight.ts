import type { Db } from './schema.ts';

/**
 * Counts the pairs that have left with a request and whose outcome is not known yet: the answer is
 * awaited, or the group is still to be read. Nobody can call these back, whatever the import's state is.
 *
 * @param importIds only of these imports. @default of all
 * @returns how many there are by import; those without any are left out
 */
export async function countInFlight(
  db: Db,
  importIds?: readonly number[],
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
    .where('pairs.outcome', '=', 'pending')
    .groupBy('sent_pairs.import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}
