import type { CsvFormat } from '../csv/csv-format.ts';
import { unescapeFormulas } from '../csv/formulas.ts';
import type { SourceRecord } from '../csv/records.ts';
import { roleOf } from '../rows/column-names.ts';
import { type ReadOptions, readCells } from '../rows/rows.ts';
import { RESULT_COLUMNS } from './own-results.ts';

/**
 * Reads a file's columns other than group and user, row by row. They are added to the results, because
 * a user who fixes failed rows and imports them again needs them, above all the invitation text.
 */
export class Originals implements AsyncDisposable {
  /** Column names; numbers where the file has no header. */
  readonly header: readonly string[];
  readonly #places: readonly number[];
  readonly #unescape: boolean;
  readonly #batches: AsyncGenerator<SourceRecord[]>;
  #batch: SourceRecord[] = [];
  #at = 0;

  constructor(source: AsyncIterable<Uint8Array>, options: ReadOptions) {
    const { format } = options;
    this.#places = placesOf(format);
    this.header = this.#places.map((i) => nameOf(i, format));
    this.#unescape = format.isResults;
    this.#batches = readCells(source, options);
  }

  /**
   * @param line a row's first line; must not be smaller than in the previous call
   * @returns the row's cells in the order of the header; empty for missing cells and broken rows
   */
  async cellsAt(line: number): Promise<string[]> {
    const record = await this.#find(line);
    const cells = record?.kind === 'record' && record.line === line ? record.cells : [];
    return this.#places.map((i) => {
      const cell = cells[i] ?? '';
      return this.#unescape ? unescapeFormulas(cell) : cell;
    });
  }

  async #find(line: number): Promise<SourceRecord | undefined> {
    for (;;) {
      for (; this.#at < this.#batch.length; this.#at++) {
        const record = this.#batch[this.#at];
        if (record !== undefined && record.line >= line) return record;
      }
      const { done, value } = await this.#batches.next();
      if (done) return undefined;
      this.#batch = value;
      this.#at = 0;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#batches.return(undefined);
  }
}

/** A column that the user chose as message is named `message`, so that a later import recognizes it. */
function nameOf(place: number, { header, columns }: CsvFormat): string {
  const name = header?.[place] ?? `column ${place + 1}`;
  return place === columns.message && roleOf(name) !== 'message' ? 'message' : name;
}

/** @returns the places of the columns that are not group, user or one of our result columns */
function placesOf({ columns, isResults }: CsvFormat): number[] {
  const first = isResults ? RESULT_COLUMNS.length : 0;
  return Array.from({ length: columns.count }, (_, i) => i).filter(
    (i) => i >= first && i !== columns.group && i !== columns.user,
  );
}
