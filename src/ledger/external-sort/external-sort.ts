import { grown } from '../db/grown.ts';
import { type KeyedRow, mergeRuns } from './merge.ts';
import { radixOrder } from './radix.ts';
import { RunFile } from './run-file.ts';

export type { KeyedRow } from './merge.ts';

const ROWS_PER_RUN = 250_000;
/** Rows to allocate at first: most imports are small. */
const FIRST_ROWS = 1_024;

/**
 * Sorts rows by major, then minor, and keeps the order of equal rows. A full memory is sorted and written to a
 * temporary file as a run; at the end the runs are merged.
 *
 * @example
 * using sort = new ExternalSort();
 * sort.add({ major: 7, minor: 1, seq: 1, line: 2 });
 * for (const row of sort.sorted()) …
 */
export class ExternalSort implements Disposable {
  readonly #rowsPerRun: number;
  #majors: Uint32Array;
  #minors: Uint32Array;
  #seqs: Float64Array;
  #lines: Float64Array;
  #count = 0;
  #file: RunFile | undefined;

  /** @param rowsPerRun most rows in memory. @default 250,000 */
  constructor(rowsPerRun = ROWS_PER_RUN) {
    this.#rowsPerRun = rowsPerRun;
    const rows = Math.min(FIRST_ROWS, rowsPerRun);
    this.#majors = new Uint32Array(rows);
    this.#minors = new Uint32Array(rows);
    this.#seqs = new Float64Array(rows);
    this.#lines = new Float64Array(rows);
  }

  add({ major, minor, seq, line }: KeyedRow): void {
    if (this.#count === this.#rowsPerRun) this.#writeRun();
    if (this.#count === this.#majors.length) this.#grow();
    const at = this.#count++;
    this.#majors[at] = major;
    this.#minors[at] = minor;
    this.#seqs[at] = seq;
    this.#lines[at] = line;
  }

  /** @returns all rows in order; none may be added after this */
  sorted(): Iterable<KeyedRow> {
    if (this.#file === undefined) return this.#inMemory();
    this.#writeRun();
    return mergeRuns(this.#file.runs());
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  #grow(): void {
    const rows = Math.min(2 * this.#majors.length, this.#rowsPerRun);
    this.#majors = grown(this.#majors, rows);
    this.#minors = grown(this.#minors, rows);
    this.#seqs = grown(this.#seqs, rows);
    this.#lines = grown(this.#lines, rows);
  }

  #writeRun(): void {
    this.#file ??= new RunFile();
    this.#file.write(this.#inMemory());
    this.#count = 0;
  }

  *#inMemory(): Generator<KeyedRow> {
    const keys = [this.#majors, this.#minors].map((column) => column.subarray(0, this.#count));
    for (const at of radixOrder(keys)) {
      yield {
        major: this.#majors[at] ?? 0,
        minor: this.#minors[at] ?? 0,
        seq: this.#seqs[at] ?? 0,
        line: this.#lines[at] ?? 0,
      };
    }
  }
}
