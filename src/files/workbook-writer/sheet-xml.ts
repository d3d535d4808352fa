import { escapeXml } from './escape-xml.ts';

export type SheetCell = string | number | Date | null;

export interface SheetColumn {
  name: string;
  /** In characters. */
  width: number;
}

/** Largest number of rows in a sheet, the header included. */
export const MAX_ROWS = 1_048_576;
/** An archive without the 64-bit extension holds 4 GiB per file. */
const MAX_CHARACTERS = 1_000_000_000;
/** A cell holds no more characters; a longer one makes Excel refuse the whole file. */
const MAX_CELL = 32_767;
const ROWS_PER_PIECE = 200;

/** Places of the formats in the workbook's styles. */
export const STYLES = { plain: 0, header: 1, time: 2 } as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Rows that several sheets share: each takes what fits. */
export type RowSource = AsyncIterator<readonly SheetCell[]>;

/**
 * A sheet as XML in pieces, with a fixed header and a filter. Text is stored as text, so that no cell
 * runs as a formula.
 *
 * @param first the first row, if there is any; @param onNext receives the first row that does not fit
 */
export async function* sheetXml(
  columns: readonly SheetColumn[],
  first: readonly SheetCell[] | undefined,
  rows: RowSource,
  onNext: (row: readonly SheetCell[]) => void,
  maxRows = MAX_ROWS,
): AsyncGenerator<string, void> {
  const letters = columns.map((_, at) => columnName(at));
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  let xml =
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData>` +
    rowXml(
      1,
      columns.map(({ name }) => name),
      letters,
      STYLES.header,
    );
  let count = 1;
  let characters = 0;
  let row = first;
  while (row !== undefined) {
    if (count === maxRows || characters > MAX_CHARACTERS) {
      onNext(row);
      break;
    }
    xml += rowXml(++count, row, letters);
    if (count % ROWS_PER_PIECE === 0) {
      characters += xml.length;
      yield xml;
      xml = '';
    }
    const next = await rows.next();
    row = next.done ? undefined : next.value;
  }
  yield `${xml}</sheetData><autoFilter ref="A1:${letters.at(-1) ?? 'A'}${count}"/></worksheet>`;
}

function rowXml(
  number: number,
  cells: readonly SheetCell[],
  letters: readonly string[],
  style: number = STYLES.plain,
): string {
  let xml = `<row r="${number}">`;
  for (const [at, cell] of cells.entries()) {
    if (cell !== null && cell !== '') xml += cellXml(`${letters[at]}${number}`, cell, style);
  }
  return `${xml}</row>`;
}

function cellXml(place: string, cell: string | number | Date, style: number): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (cell instanceof Date) return `<c r="${place}" s="${STYLES.time}"><v>${serial(cell)}</v></c>`;
  const text = cell.length > MAX_CELL ? `${cell.slice(0, MAX_CELL - 1)}…` : cell;
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
  const styled = style === STYLES.plain ? '' : ` s="${style}"`;
  return `<c r="${place}"${styled} t="inlineStr"><is><t${space}>${escapeXml(text)}</t></is></c>`;
}

const DAY_MS = 86_400_000;
/** 1 January 1970 in days since the beginning of a workbook's calendar. */
const UNIX_EPOCH = 25_569;

/** Workbooks know no time zone: the time is UTC. */
const serial = (time: Date): number => time.getTime() / DAY_MS + UNIX_EPOCH;

/** @returns the letters of a column, counted from 0: A … Z, AA … */
export function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}
