import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { BOM, csvLines } from '../csv/csv-lines.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import type { Originals } from './originals.ts';
import { type Cell, RESULT_HEADER, resultCells } from './result-cells.ts';

const RECORDS_PER_CHUNK = 500;

export interface CsvOptions {
  /** Further columns: the file's own cells. */
  originals?: Originals | undefined;
  /** @default a comma */
  delimiter?: Delimiter | undefined;
}

/**
 * The results CSV in pieces, with BOM and header in the first. Reads a record only when its piece is
 * requested. Times are ISO 8601 in UTC, null is an empty cell.
 */
export async function* resultsCsv(
  records: AsyncIterable<ResultRecord>,
  { originals, delimiter = ',' }: CsvOptions = {},
): AsyncGenerator<string, void> {
  const write = (rows: readonly Cell[][]) => csvLines(rows, delimiter);
  let head = BOM + write([[...RESULT_HEADER, ...(originals?.header ?? [])]]);
  let rows: Cell[][] = [];
  for await (const record of records) {
    const cells = resultCells(record);
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
