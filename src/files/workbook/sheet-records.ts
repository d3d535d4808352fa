import { rowDetail } from '../../messages/row-details.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import type { SourceRecord } from '../csv/records.ts';
import { openWorkbook } from './open-workbook.ts';
import type { SheetRow } from './workbook.ts';

/** A stored workbook, which is read in any order. */
export class WorkbookFile {
  readonly path: string;
  /** Most bytes that it may unpack to. */
  readonly maxBytes: number;
  /** Called while it is read with the number of characters in its cells, as they would be in a CSV. */
  readonly onRead: (characters: number) => void;

  constructor(path: string, maxBytes: number, onRead: (characters: number) => void = () => {}) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.onRead = onRead;
  }
}

/**
 * Reads the rows of a workbook's sheet as records, the header included. Line numbers are row numbers.
 *
 * @throws Problem when the workbook is damaged
 */
export async function* sheetRecords(
  { path, maxBytes, onRead }: WorkbookFile,
  { fileName, format }: { fileName: string; format: CsvFormat },
): AsyncGenerator<SourceRecord[]> {
  await using workbook = await openWorkbook(path, { fileName, maxBytes });
  const sheet = format.workbook?.sheet;
  if (workbook === undefined || sheet === undefined) throw new Error('The file is no workbook.');
  for await (const rows of workbook.rows(sheet)) {
    onRead(rows.reduce((sum, { cells }) => sum + charactersIn(cells), 0));
    yield rows.map((row) => recordOf(row, format));
  }
}

const charactersIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.length + 1, 0);

function recordOf({ line, cells, isHidden, unvalued }: SheetRow, format: CsvFormat): SourceRecord {
  const { group, user, message } = format.columns;
  const isUnknown = unvalued.some((place) => [group, user, message].includes(place));
  if (isUnknown) return { kind: 'broken', line, detail: rowDetail('formula_unvalued', {}) };
  return { kind: 'record', line, cells: [...cells], ...(isHidden && { isHidden }) };
}
