import { visibleLine } from '../../domain/text/visible-text.ts';

/** A row of a sheet with at least one cell that is not empty. */
export interface SheetRow {
  /** Its number in the sheet, from 1. */
  readonly line: number;
  /** The texts of its cells from column A on, without empty ones at the end. */
  readonly cells: readonly string[];
  readonly isHidden: boolean;
  /** Places of formulas whose value is not stored. */
  readonly unvalued: readonly number[];
}

export interface SheetInfo {
  readonly name: string;
  readonly isHidden: boolean;
}

/** Number of rows of a sheet in which its header is looked for. */
export const HEAD_ROWS = 50;

/** A sheet, and its first rows; none if it is empty. */
export interface SheetHead extends SheetInfo {
  readonly rows: readonly SheetRow[];
}

/** What the choice of a sheet and its columns depends on. */
export interface WorkbookHeads {
  readonly type: 'xlsx' | 'ods';
  /** The sheets that hold cells, in their order. */
  readonly heads: readonly SheetHead[];
}

/** An open workbook. */
export interface Workbook extends AsyncDisposable {
  readonly type: WorkbookHeads['type'];
  /** @returns the sheets that hold cells, in their order */
  heads(): Promise<readonly SheetHead[]>;
  /**
   * @param sheet the name of one of {@link heads}; of several with one name the first
   * @returns its rows in their order, in small batches
   * @throws Problem when the workbook is damaged
   */
  rows(sheet: string): AsyncGenerator<SheetRow[], void>;
}

/** Most rows of a sheet, in Excel as in LibreOffice. */
export const MOST_ROWS = 1_048_576;
/** Most columns of a sheet. */
export const MOST_COLUMNS = 16_384;

/** Most sheets of a workbook, as LibreOffice allows. */
export const MOST_SHEETS = 10_000;

/** Most rows of a batch, and most characters, above which a batch is passed on. */
const BATCH_ROWS = 1_000;
const BATCH_CHARACTERS = 1_000_000;

/** Collects rows into batches, so that neither many rows nor long texts add up. */
export class RowBatch {
  #rows: SheetRow[] = [];
  #characters = 0;

  /** @returns the batch when the row makes it full */
  add(row: SheetRow): SheetRow[] | undefined {
    this.#rows.push(row);
    for (const cell of row.cells) this.#characters += cell.length;
    const isFull = this.#rows.length >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS;
    return isFull ? this.take() : undefined;
  }

  /** @returns the rows so far, which may be none */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#characters = 0;
    return rows;
  }
}

/** @returns the number of cells up to the last one that is not blank */
export function filledLength(cells: readonly string[]): number {
  let length = cells.length;
  while (length > 0 && cells[length - 1]?.trim() === '') length--;
  return length;
}

/** @returns the name of a sheet as it is stored and shown: one line, without invisible characters */
export const sheetName = (stored: string | undefined): string => visibleLine(stored ?? '').trim();
