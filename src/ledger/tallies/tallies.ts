import type { Outcome, Tally } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';

/** All duplicates count under one reason, independent of the line that they repeat. */
export const tallyReason = (outcome: Outcome, reason: string | null): string =>
  outcome === 'duplicate' ? 'of_line_N' : (reason ?? '');

/** Call in the transaction that records the outcomes. @param change negative counts subtract */
export async function addToTallies(
  db: Db,
  importId: number,
  change: readonly Tally[],
): Promise<void> {
  const sums = new Map<string, { outcome: Outcome; reason: string; count: number }>();
  for (const { outcome, reason, count } of change) {
    const row = { outcome, reason: tallyReason(outcome, reason), count };
    const key = `${row.outcome}/${row.reason}`;
    row.count += sums.get(key)?.count ?? 0;
    sums.set(key, row);
  }
  const rows = [...sums.values()].filter(({ count }) => count !== 0);
  if (rows.length === 0) return;
  await db
    .insertInto('tallies')
    .values(rows.map((row) => ({ import_id: importId, ...row })))
    .onConflict((conflict) =>
      conflict.columns(['import_id', 'outcome', 'reason']).doUpdateSet((eb) => ({
        count: eb('tallies.count', '+', eb.ref('excluded.count')),
      })),
    )
    .execute();
}

/** @returns the number of an import's rows per outcome and reason, `pending` included */
export async function readTallies(db: Db, importId: number): Promise<Tally[]> {
  return (await readTalliesOf(db, [importId])).get(importId) ?? [];
}

/** @returns the tallies of several imports, without imports that have no rows */
export async function readTalliesOf(
  db: Db,
  importIds: readonly number[],
): Promise<Map<number, Tally[]>> {
  if (importIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('tallies')
    .select(['import_id', 'outcome', 'reason', 'count'])
    .where('import_id', 'in', importIds)
    .where('count', '>', 0)
    .execute();
  const byImport = Map.groupBy(rows, (row) => row.import_id);
  return new Map([...byImport].map(([id, some]) => [id, some.map(toTally)]));
}

const toTally = ({ outcome, reason, count }: Tally): Tally => {
  return { outcome, reason: reason === '' ? null : reason, count };
};

/** @returns the number of rows per outcome and reason over all imports, `pending` included */
export async function readAllTallies(db: Db): Promise<Tally[]> {
  const rows = await db
    .selectFrom('tallies')
    .select(['outcome', 'reason', (eb) => eb.fn.sum('count').as('count')])
    .groupBy(['outcome', 'reason'])
    .execute();
  return rows.map(({ outcome, reason, count }) => ({
    ...{ outcome, reason: reason === '' ? null : reason, count: Number(count) },
  }));
}

/** @returns how many of an import's pairs are pending */
export async function readPending(db: Db, importId: number): Promise<number> {
  const row = await db
    .selectFrom('tallies')
    .select('count')
    .where('import_id', '=', importId)
    .where('outcome', '=', 'pending')
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** @returns how many pairs of all imports have the outcome */
export async function countAll(db: Db, outcome: Outcome): Promise<number> {
  const { count } = await db
    .selectFrom('tallies')
    .select((eb) => eb.fn.sum('count').as('count'))
    .where('outcome', '=', outcome)
    .executeTakeFirstOrThrow();
  return Number(count ?? 0);
}
