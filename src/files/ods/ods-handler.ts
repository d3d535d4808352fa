import { RECORD_LIMIT } from '../csv/frames.ts';
import {
  filledLength,
  HEAD_ROWS,
  MOST_COLUMNS,
  MOST_ROWS,
  MOST_SHEETS,
  type SheetHead,
  type SheetRow,
  sheetName,
} from '../workbook/workbook.ts';
import { XmlError } from '../workbook/xml-error.ts';
import type { XmlHandler } from '../workbook/xml-scanner.ts';
import { attribute } from '../workbook/xml-text.ts';
import { odsCell } from './ods-cell.ts';
import { OdsText } from './ods-text.ts';

/** Equal rows one after the other; LibreOffice stores them once. */
export interface RepeatedRow extends SheetRow {
  readonly count: number;
}

/** Collects the sheets of `content.xml` with their first rows, and all rows of one of them. */
export class OdsHandler implements XmlHandler {
  readonly heads: SheetHead[] = [];
  /** The rows of the wanted sheet since the caller has taken them. */
  rows: RepeatedRow[] = [];
  skip = false;
  readonly #wanted: string | undefined;
  /** Names of the styles that hide a sheet. */
  readonly #hiding = new Set<string>();
  readonly #path: string[] = [];
  readonly #text = new OdsText();
  #style = '';
  #head: (SheetHead & { rows: SheetRow[] }) | undefined;
  #isWanted = false;
  #wasRead = false;
  #line = 0;
  #repeat = 1;
  #row: { cells: string[]; unvalued: number[]; column: number; isHidden: boolean } | undefined;
  #cell: string | undefined;
  #characters = 0;

  /** @param wanted name of the sheet to read; undefined reads only the first rows of each */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
  }

  open(name: string, attributes: string): void {
    const parent = this.#path.at(-1);
    this.#path.push(name);
    if (this.#cell !== undefined) this.#text.open(name, attributes);
    else if (this.#head !== undefined) this.#openInSheet(name, attributes);
    else if (name === 'style') this.#style = attribute(attributes, 'style:name') ?? '';
    else if (name === 'table-properties') {
      if (attribute(attributes, 'display') === 'false') this.#hiding.add(this.#style);
    } else if (name === 'table' && parent === 'spreadsheet') this.#beginSheet(attributes);
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#cell !== undefined) {
      if (isCell(name) && !this.#text.isSkipping) this.#endCell(name);
      else this.#text.close(name);
    } else if (name === 'table-row') this.#endRow();
    else if (name === 'table' && this.#path.at(-1) === 'spreadsheet') this.#endSheet();
  }

  text(text: string): void {
    if (this.#cell !== undefined) this.#text.text(text);
  }

  #beginSheet(attributes: string): void {
    const name = sheetName(attribute(attributes, 'table:name'));
    const isHidden = this.#hiding.has(attribute(attributes, 'table:style-name') ?? '');
    this.#head = { name, isHidden, rows: [] };
    this.#isWanted = name === this.#wanted && !this.#wasRead;
    this.#wasRead ||= this.#isWanted;
    this.#line = 0;
  }

  #endSheet(): void {
    if (this.#head !== undefined) this.heads.push(this.#head);
    if (this.heads.length > MOST_SHEETS) throw new XmlError('damaged');
    this.#head = undefined;
  }

  #openInSheet(name: string, attributes: string): void {
    // A copy of a sheet of another file, which LibreOffice keeps for references to it.
    if (name === 'table-source') this.#head = undefined;
    else if (name === 'table-row') this.#beginRow(attributes);
    else if (isCell(name)) this.#cell = attributes;
  }

  #beginRow(attributes: string): void {
    this.skip = !this.#isWanted && (this.#head?.rows.length ?? 0) >= HEAD_ROWS;
    if (this.skip) return;
    this.#repeat = repeats(attributes, 'table:number-rows-repeated');
    this.#characters = 0;
    const visibility = attribute(attributes, 'table:visibility') ?? 'visible';
    this.#row = { cells: [], unvalued: [], column: 0, isHidden: visibility !== 'visible' };
  }

  #endRow(): void {
    const [row, head] = [this.#row, this.#head];
    const line = this.#line + 1;
    this.#line += this.#repeat;
    this.#row = undefined;
    if (row === undefined || head === undefined) return;
    const { cells, unvalued, isHidden } = row;
    cells.length = filledLength(cells);
    if (cells.length + unvalued.length === 0) return;
    if (this.#line > MOST_ROWS) throw new XmlError('damaged');
    const found = { line, cells, isHidden, unvalued };
    if (head.rows.length < HEAD_ROWS) head.rows.push(found);
    if (this.#isWanted) this.rows.push({ ...found, count: this.#repeat });
  }

  #endCell(name: string): void {
    const attributes = this.#cell ?? '';
    this.#cell = undefined;
    const shown = this.#text.take();
    const row = this.#row;
    if (row === undefined) return;
    const count = repeats(attributes, 'table:number-columns-repeated');
    // A merged cell can hide the content of those it covers.
    const text = name === 'table-cell' ? odsCell(attributes, shown) : '';
    const end = row.column + count;
    if (text === undefined) row.unvalued.push(row.column);
    else if (text !== '') {
      this.#characters += text.length * count;
      if (end > MOST_COLUMNS || this.#characters > RECORD_LIMIT) throw new XmlError('damaged');
      while (row.cells.length < row.column) row.cells.push('');
      for (let i = 0; i < count; i++) row.cells.push(text);
    }
    row.column = end;
  }
}

const isCell = (name: string): boolean => name === 'table-cell' || name === 'covered-table-cell';

/** @returns how often a row or a cell stands there, at least once */
function repeats(attributes: string, name: string): number {
  const count = Number(attribute(attributes, name) ?? 1);
  if (!Number.isInteger(count) || count < 1) throw new XmlError('damaged');
  return count;
}
