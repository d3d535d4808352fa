import { stringify } from 'csv-stringify/sync';
import type { ResultRecord } from '../domain/result-record.ts';

const BOM = '\ufeff';
const HEADER = 'line,group_id,user_id,outcome,reason,detail,attempts,settled_at\r\n';
const RECORDS_PER_CHUNK = 500;

const OPTIONS = {
  record_delimiter: '\r\n',
  // Off by default as soon as a record delimiter is given: a lone LF or CR in a cell needs quotes.
  quote_record_delimiter: true,
  // A spreadsheet runs a cell that begins with =, +, -, @, tab, CR or their full-width twins.
  escape_formulas: true,
};

/**
 * The results CSV in pieces of some hundred records, BOM and header in the first. Reads a record
 * only when its chunk is asked for, so that a slow reader slows the source down and the memory
 * does not grow with the file; times are ISO 8601 in UTC, null is an empty cell.
 */
export async function* resultsCsv(
  records: AsyncIterable<ResultRecord>,
): AsyncGenerator<string, void> {
  let head = BOM + HEADER;
  let rows: (string | number | null)[][] = [];
  for await (const record of records) {
    rows.push(cellsOf(record));
    if (rows.length === RECORDS_PER_CHUNK) {
      yield head + stringify(rows, OPTIONS);
      head = '';
      rows = [];
    }
  }
  const rest = head + stringify(rows, OPTIONS);
  if (rest !== '') yield rest;
}

const cellsOf = (record: ResultRecord): (string | number | null)[] => [
  record.line,
  record.groupId,
  record.userId,
  record.outcome,
  record.reason,
  record.detail,
  record.attempts,
  record.settledAt?.toISOString() ?? null,
];
