import type { Db } from '../../../src/ledger/db/schema.ts';

/** @returns the numbers of the chunks that have pairs without an outcome, in order */
export async function unsettledChunks(db: Db, importId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('chunks')
    .select('number')
    .where('import_id', '=', importId)
    .where('unsettled', '>', 0)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}
