import type { Db } from './schema.ts';

/** Counts an attempt, or takes it back. */
export async function countAttempt(
  db: Db,
  importId: number,
  seqs: readonly number[],
  by: 1 | -1,
): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .updateTable('pairs')
    .set((eb) => ({ attempts: eb('attempts', '+', by) }))
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .execute();
}
