import { stringify } from 'csv-stringify/sync';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { escapeFormulas } from '../csv/formulas.ts';
import type { Originals } from './originals.ts';
import { RESULT_COLUMNS } from './own-results.ts';

const BOM = '\ufeff';
const RECORDS_PER_CHUNK = 500;

const OPTIONS = {
  record_delimiter: '\r\n',
  // Off by default as soon as a record delimiter is given: a lone LF or CR in a cell needs quotes.
  quote_record_delimiter: true,
};

type Cell = string | number | null;

/**
 * The results CSV in pieces of some hundred records, BOM and header in the first. Reads a record
 * only when its chunk is asked for, so that a slow reader slows the source down and the memory
 * does not grow with the file; times are ISO 8601 in UTC, null is an empty cell.
 *
 * @param originals further columns, as they stood in the source; they make of the results a file
 * that can be mended and imported again
 */
export async function* resultsCsv(
  records: AsyncIterable<ResultRecord>,
  originals?: Originals,
): AsyncGenerator<string, void> {
  let head = BOM + write([[...RESULT_COLUMNS, ...(originals?.header ?? [])]]);
  let rows: Cell[][] = [];
  for await (const record of records) {
    const cells = cellsOf(record);
    if (originals !== undefined) cells.push(...(await originals.cellsAt(record.line)));
    rows.push(cells);
    if (rows.length === RECORDS_PER_CHUNK) {
      yield head + write(rows);
      head = '';
      rows = [];
    }
  }
  const rest = head + write(rows);
  if (rest !== '') yield rest;
}

const write = (rows: readonly Cell[][]): string => stringify(rows.map(safe), OPTIONS);

const safe = (cells: readonly Cell[]): Cell[] =>
  cells.map((cell) => (typeof cell === 'string' ? escapeFormulas(cell) : cell));

const cellsOf = (record: ResultRecord): Cell[] => [
  record.line,
  record.groupId,
  record.userId,
  record.outcome,
  record.reason,
  describeDetails(record.details),
  record.attempts,
  record.settledAt?.toISOString() ?? null,
];
