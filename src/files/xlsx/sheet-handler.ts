import { dateText, isoText, numberText, unescapeCell } from '../workbook/cell-text.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../workbook/workbook.ts';
import { XmlError } from '../workbook/xml-error.ts';
import type { XmlHandler } from '../workbook/xml-scanner.ts';
import { attribute } from '../workbook/xml-text.ts';
import { RichText } from './rich-text.ts';
import { LONGEST_TEXT } from './text-arena.ts';

/** A row whose shared strings are still numbers. */
export interface RawRow {
  line: number;
  cells: (string | number)[];
  isHidden: boolean;
  unvalued: number[];
}

export interface SheetStyles {
  /** Whether a style shows a date, by the style's number. */
  dates: readonly boolean[];
  /** Days count from 1904, as in files of old Excel for Mac. */
  is1904: boolean;
}

const [A, Z] = [65, 90];

/** Collects the rows of a sheet's XML. Rows and cells without an address follow the one before. */
export class SheetHandler implements XmlHandler {
  /** The rows collected since the caller has taken them. */
  rows: RawRow[] = [];
  /** The largest number of a shared string in them. */
  highest = -1;
  readonly #styles: SheetStyles;
  readonly #rich = new RichText();
  #inData = false;
  #row: RawRow | undefined;
  #line = 0;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;
  #isFormula = false;

  constructor(styles: SheetStyles) {
    this.#styles = styles;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#beginCell(attributes);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'row') this.#beginRow(attributes);
    else if (name === 'f') this.#isFormula = true;
    else if (name === 'is') this.#rich.begin();
    else if (name === 'sheetData') this.#inData = true;
    else this.#rich.open(name);
  }

  close(name: string): void {
    if (name === 'c') this.#endCell();
    else if (name === 'v') this.#inValue = false;
    else if (name === 'row') this.#endRow();
    else if (name === 'is') this.#value = this.#rich.end();
    else if (name === 'sheetData') this.#inData = false;
    else this.#rich.close(name);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else this.#rich.text(text);
    if (this.#value.length > LONGEST_TEXT) throw new XmlError('damaged');
  }

  #beginRow(attributes: string): void {
    if (!this.#inData) return;
    const stated = attribute(attributes, 'r');
    const line = stated === undefined ? this.#line + 1 : Number(stated);
    const isNext = Number.isInteger(line) && line > this.#line && line <= MOST_ROWS;
    if (!isNext || this.#row !== undefined) throw new XmlError('damaged');
    this.#line = line;
    this.#column = -1;
    this.#row = {
      line,
      cells: [],
      isHidden: isTrue(attribute(attributes, 'hidden')),
      unvalued: [],
    };
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (row !== undefined && row.cells.length + row.unvalued.length > 0) this.rows.push(row);
  }

  #beginCell(attributes: string): void {
    const address = attribute(attributes, 'r');
    this.#column = address === undefined ? this.#column + 1 : columnOf(address);
    if (!(this.#column >= 0 && this.#column < MOST_COLUMNS)) throw new XmlError('damaged');
    this.#type = attribute(attributes, 't') ?? 'n';
    this.#style = Number(attribute(attributes, 's') ?? 0);
    this.#value = '';
    this.#isFormula = false;
  }

  #endCell(): void {
    const row = this.#row;
    if (row === undefined) return;
    if (this.#isFormula && this.#value === '' && this.#type !== 'str') {
      row.unvalued.push(this.#column);
      return;
    }
    const cell = this.#value === '' ? '' : this.#cell();
    if (cell === '') return;
    while (row.cells.length < this.#column) row.cells.push('');
    row.cells[this.#column] = cell;
  }

  /** @returns the text of a cell that is not empty, or the number of a shared string */
  #cell(): string | number {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#sharedString(value);
      case 'str':
      case 'inlineStr':
        return unescapeCell(value);
      case 'b':
        return isTrue(value.trim()) ? 'TRUE' : 'FALSE';
      case 'd':
        return isoText(value);
      case 'e':
        return value;
      default:
        return this.#styles.dates[this.#style] === true
          ? dateText(value, this.#styles.is1904)
          : numberText(value);
    }
  }

  #sharedString(value: string): number {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 0) throw new XmlError('damaged');
    if (number > this.highest) this.highest = number;
    return number;
  }
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** @returns the place of the column in an address such as `AB12`, from 0; -1 when there is none */
function columnOf(address: string): number {
  let column = 0;
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at);
    if (code < A || code > Z) break;
    column = column * 26 + code - A + 1;
  }
  return column - 1;
}
