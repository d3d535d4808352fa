import { inSlices } from '../../domain/slices.ts';
import type { Db } from '../db/schema.ts';
import { type ImportRecord, toIssueRecord, toPairRecord } from '../results/import-record.ts';
import type { PersonRows } from './person-rows.ts';

/** A row about a person, with its own invitation text; null where the import's applies. */
export interface PersonRecord extends ImportRecord {
  message: string | null;
}

/** Rows per query. */
const ROWS = 500;

/** Reads the rows of a person in the order of the file. */
export async function readPersonRecords(
  db: Db,
  importId: number,
  { pairs, issues }: PersonRows,
): Promise<PersonRecord[]> {
  const records: PersonRecord[] = [];
  for (const seqs of inSlices(pairs, ROWS)) {
    const rows = await db
      .selectFrom('pairs')
      .leftJoin('messages', 'messages.id', 'pairs.message_id')
      .selectAll('pairs')
      .select('messages.text')
      .where('pairs.import_id', '=', importId)
      .where('pairs.seq', 'in', seqs)
      .execute();
    records.push(...rows.map((row) => ({ ...toPairRecord(row), message: row.text })));
  }
  for (const seqs of inSlices(issues, ROWS)) {
    const rows = await db
      .selectFrom('row_issues')
      .selectAll()
      .where('import_id', '=', importId)
      .where('seq', 'in', seqs)
      .execute();
    records.push(...rows.map((row) => ({ ...toIssueRecord(row), message: null })));
  }
  return records.sort((a, b) => a.seq - b.seq);
}
