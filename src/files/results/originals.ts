import { unescapeFormulas } from '../csv/formulas.ts';
import type { SourceRecord } from '../csv/records.ts';
import { type Content, type ReadOptions, readCells } from '../rows/rows.ts';
import { type NamedInFile, sourceColumns } from './source-columns.ts';

/**
 * Reads a file's own cells, row by row, for the results: a user recognizes the rows by them, and needs
 * them to fix failed rows and import these again.
 */
export class Originals implements AsyncDisposable {
  /** Column names; numbers where the file has no header. */
  readonly header: readonly string[];
  readonly #places: readonly number[];
  readonly #unescape: boolean;
  readonly #batches: AsyncGenerator<SourceRecord[]>;
  #batch: SourceRecord[] = [];
  #at = 0;

  constructor(source: Content, options: ReadOptions, named: NamedInFile) {
    const { format } = options;
    const columns = sourceColumns(format, named);
    this.#places = columns.map(({ place }) => place);
    this.header = columns.map(({ name }) => name);
    this.#unescape = format.isResults;
    this.#batches = readCells(source, options);
  }

  /**
   * @param line a row's first line; must not be smaller than in the previous call
   * @returns the row's cells in the order of the header; empty for missing cells and broken rows
   */
  async cellsAt(line: number): Promise<string[]> {
    const record = await this.#find(line);
    const isHere = record !== undefined && record.kind !== 'broken' && record.line === line;
    const cells = isHere ? record.cells : [];
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
