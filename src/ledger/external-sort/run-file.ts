import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDiskFull } from '../../domain/errors/disk-full.ts';
import { problem } from '../../messages/problems.ts';
import type { KeyedRow, Run } from './merge.ts';

const FIELDS = 4;
const BYTES_PER_ROW = FIELDS * Float64Array.BYTES_PER_ELEMENT;
const ROWS_AT_ONCE = 1_000;

/** Runs of sorted rows in an unlinked temporary file, which ends with the process. */
export class RunFile implements Disposable {
  readonly #file: number;
  readonly #ends: number[] = [];
  #rows = 0;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-'));
    try {
      this.#file = openSync(join(folder, 'runs'), 'wx+');
    } finally {
      // The system deletes an unlinked file when it is closed, also when the process is killed.
      rmSync(folder, { recursive: true });
    }
  }

  write(rows: Iterable<KeyedRow>): void {
    const block = new Float64Array(ROWS_AT_ONCE * FIELDS);
    let filled = 0;
    const flush = () => {
      const bytes = new Uint8Array(block.buffer, 0, filled * Float64Array.BYTES_PER_ELEMENT);
      for (let at = 0; at < bytes.length; ) {
        at += this.#append(bytes.subarray(at), this.#rows * BYTES_PER_ROW + at);
      }
      this.#rows += filled / FIELDS;
      filled = 0;
    };
    for (const { major, minor, seq, line } of rows) {
      block[filled++] = major;
      block[filled++] = minor;
      block[filled++] = seq;
      block[filled++] = line;
      if (filled === block.length) flush();
    }
    flush();
    this.#ends.push(this.#rows);
  }

  #append(bytes: Uint8Array, at: number): number {
    try {
      return writeSync(this.#file, bytes, 0, bytes.length, at);
    } catch (cause) {
      if (!isDiskFull(cause)) throw cause;
      throw problem('temporary_full', { folder: tmpdir(), bytes: BYTES_PER_ROW }, { cause });
    }
  }

  /** @returns the runs in the order of writing */
  runs(): Run[] {
    return this.#ends.map((end, i) => this.#read(this.#ends[i - 1] ?? 0, end));
  }

  *#read(start: number, end: number): Generator<KeyedRow> {
    const block = new Float64Array(ROWS_AT_ONCE * FIELDS);
    for (let from = start; from < end; from += ROWS_AT_ONCE) {
      const bytes = new Uint8Array(
        block.buffer,
        0,
        Math.min(ROWS_AT_ONCE, end - from) * BYTES_PER_ROW,
      );
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(this.#file, bytes, at, bytes.length - at, from * BYTES_PER_ROW + at);
        if (read === 0)
          throw new Error('The temporary file of the sort is shorter than was written.');
        at += read;
      }
      const numbers = block.subarray(0, bytes.length / Float64Array.BYTES_PER_ELEMENT);
      for (let at = 0; at < numbers.length; at += FIELDS) {
        yield {
          major: numbers[at] ?? 0,
          minor: numbers[at + 1] ?? 0,
          seq: numbers[at + 2] ?? 0,
          line: numbers[at + 3] ?? 0,
        };
      }
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
