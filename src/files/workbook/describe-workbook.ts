import { isProblem, problem } from '../../messages/problems.ts';
import { type CsvFormat, SHEETS_LISTED } from '../csv/csv-format.ts';
import type { GivenFormat } from '../csv/detect-format.ts';
import type { FirstRecord } from '../csv/first-record.ts';
import { headerFormat } from '../csv/header-format.ts';
import { namesOwnResults } from '../results/own-results.ts';
import { quoteCell } from '../rows/cell.ts';
import { namesColumns } from '../rows/header.ts';
import type { SheetHead, SheetRow, WorkbookHeads } from './workbook.ts';

/** Cells of a workbook are read like those of a CSV with this delimiter: lists in them can use `;` and `|`. */
const DELIMITER = ',';

/**
 * Chooses the sheet to read, the given one or the first visible one whose first row names the columns, and
 * determines its columns.
 *
 * @param given the encoding and the delimiter do not apply
 * @throws Problem when there is no such sheet, or its columns are ambiguous
 */
export function describeWorkbook(
  { heads, type }: WorkbookHeads,
  fileName: string,
  given: GivenFormat,
): CsvFormat {
  try {
    return describeHeads(heads, type, fileName, given);
  } catch (error) {
    const isBelow =
      given.headerLine === undefined && isProblem(error, 'column_missing', 'sheets_unknown');
    const found = isBelow ? headerBelow(heads, given) : undefined;
    if (found === undefined) throw error;
    throw problem('header_below', { file: fileName, ...found }, { cause: error });
  }
}

function describeHeads(
  heads: readonly SheetHead[],
  type: WorkbookHeads['type'],
  fileName: string,
  given: GivenFormat,
): CsvFormat {
  const head = chosenSheet(heads, fileName, given);
  const first = headerIn(head, given);
  if (first === undefined) {
    throw given.headerLine === undefined
      ? problem('file_empty', { file: fileName })
      : problem('header_line_missing', { file: fileName, line: given.headerLine });
  }
  const record: FirstRecord = { fileName, line: first.line, cells: first.cells };
  return {
    encoding: 'utf-8',
    encodingBy: 'content',
    newline: 'LF',
    delimiter: DELIMITER,
    delimiterBy: 'content',
    hasSeparatorLine: false,
    ...headerFormat(record, DELIMITER, given),
    workbook: {
      type,
      sheet: head.name,
      sheetBy: given.sheet === undefined ? 'content' : 'given',
      sheets: heads.slice(0, SHEETS_LISTED).map(({ name, isHidden }) => ({ name, isHidden })),
    },
  };
}

/** @returns the first row from the given line on; of a sheet, only the beginning is looked at */
const headerIn = ({ rows }: SheetHead, { headerLine = 1 }: GivenFormat): SheetRow | undefined =>
  rows.find(({ line }) => line >= headerLine);

/** @returns the first row, and the one below it that names the columns, of the first visible sheet with one */
function headerBelow(heads: readonly SheetHead[], { sheet, columns }: GivenFormat) {
  for (const { name, isHidden, rows } of heads) {
    if (sheet === undefined ? isHidden : name !== sheet) continue;
    const header = rows.slice(1).find(({ cells }) => namesColumns(cells, columns));
    const line = rows[0]?.line;
    if (line !== undefined && header !== undefined) return { line, header: header.line };
  }
  return undefined;
}

function chosenSheet(heads: readonly SheetHead[], file: string, given: GivenFormat): SheetHead {
  const { sheet, columns } = given;
  const filled = heads.filter((head) => headerIn(head, given) !== undefined);
  if (sheet !== undefined) return namedSheet(heads, file, sheet);
  const visible = filled.filter(({ isHidden }) => !isHidden);
  const known = visible.find((head) => {
    const { cells = [] } = headerIn(head, given) ?? {};
    return namesColumns(cells, columns) || namesOwnResults(cells.map(trimmed));
  });
  if (known !== undefined) return known;
  // A single sheet is read like a CSV: without a header, or with columns that are given by number.
  const [only] = visible;
  if (only !== undefined && visible.length === 1) return only;
  const [any] = heads;
  if (filled.length === 0 && any !== undefined) return any;
  if (filled.length === 0) throw problem('file_empty', { file });
  throw problem('sheets_unknown', { file, sheets: listed(filled) });
}

function namedSheet(heads: readonly SheetHead[], file: string, wanted: string): SheetHead {
  const plain = (name: string) => name.trim().toLowerCase();
  const found =
    heads.find(({ name }) => name === wanted) ??
    heads.find(({ name }) => plain(name) === plain(wanted));
  if (found !== undefined) return found;
  throw problem('sheet_missing', { file, name: quoteCell(wanted), sheets: listed(heads) });
}

const trimmed = (cell: string): string => cell.trim();

/** Names of sheets for a problem, one per line. */
const listed = (heads: readonly SheetHead[]): string =>
  heads
    .slice(0, SHEETS_LISTED)
    .map(({ name }) => name)
    .join('\n');
