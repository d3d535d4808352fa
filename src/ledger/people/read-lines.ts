import { inSlices } from '../../domain/slices.ts';
import type { Db } from '../db/schema.ts';
import type { PersonRows } from './person-rows.ts';

/** Rows per query. */
const ROWS = 1_000;

/** @returns the lines of the rows in the file */
export async function readLines(
  db: Db,
  importId: number,
  { pairs, issues }: PersonRows,
): Promise<Set<number>> {
  const lines = new Set<number>();
  for (const [table, seqs] of [
    ['pairs', pairs],
    ['row_issues', issues],
  ] as const) {
    for (const some of inSlices(seqs, ROWS)) {
      const rows = await db
        .selectFrom(table)
        .select('line')
        .where('import_id', '=', importId)
        .where('seq', 'in', some)
        .execute();
      for (const { line } of rows) lines.add(line);
    }
  }
  return lines;
}
