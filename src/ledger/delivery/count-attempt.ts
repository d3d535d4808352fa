import type { Db } from '../db/schema.ts';

/** Adds an attempt to pairs, or subtracts it. @returns the attempts of each existing pair, by seq */
export async function countAttempt(
  db: Db,
  importId: number,
  seqs: readonly number[],
  by: 1 | -1,
): Promise<Map<number, number>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .updateTable('pairs')
    .set((eb) => ({ attempts: eb('attempts', '+', by) }))
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .returning(['seq', 'attempts'])
    .execute();
  return new Map(rows.map(({ seq, attempts }) => [seq, attempts]));
}
