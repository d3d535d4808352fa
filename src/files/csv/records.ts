import type { RowDetail } from '../../messages/row-details.ts';
import { describeFault, TOO_LONG } from '../rows/row-faults.ts';
import type { Delimiter } from './delimiter.ts';
import { type Frame, frameRecords, RECORD_LIMIT } from './frames.ts';
import { parseRecords } from './parse.ts';
import { type PlainRecords, readPlain } from './plain.ts';

/** Records per call of csv-parse; more are not faster. */
const BATCH = 1000;

/** A record, and its first physical line, counted from 1. */
export type SourceRecord =
  | { kind: 'record'; line: number; cells: string[] }
  /** The cells cannot be parsed; `detail` is the reason, see `describeFault`. */
  | { kind: 'broken'; line: number; detail: RowDetail };

/**
 * Converts text in pieces to records with line numbers. A line ends with LF or CRLF; a lone CR is an
 * ordinary character. The cells are parsed by csv-parse, and trimmed.
 *
 * A broken record loses only its first line: reading continues at the next line, so that an unclosed
 * quote does not swallow the following rows. No part is read more than twice: lines inside a false
 * quote have an even number of quotes each, so they open no quote when they are read again.
 *
 * csv-parse alone would stop at the first broken record, or skip it and continue inside its quote; and
 * it counts a CRLF inside quotes as two lines. Therefore it receives records that are already split.
 *
 * @example
 * const records = new RecordReader();
 * records.write('15,3\n16,"a');
 * records.read(); // [{ kind: 'record', line: 1, cells: ['15', '3'] }]
 * records.read(); // []: write more, or end
 */
export class RecordReader {
  readonly #delimiter: Delimiter;
  #text = '';
  #at = 0;
  #line = 1;
  #ended = false;
  /** Whether the reader is inside a rejected line, before its end. */
  #skipping = false;
  /** Number of records to read at once: few after a broken one, because broken records are often close. */
  #most = BATCH;

  constructor(delimiter: Delimiter = ',') {
    this.#delimiter = delimiter;
  }

  /** Adds text. Read all available records first, otherwise the text accumulates. */
  write(text: string): void {
    const newline = this.#skipping ? text.indexOf('\n') : -1;
    if (newline !== -1) this.#skipping = false;
    const wanted = this.#skipping ? '' : text.slice(newline + 1);
    this.#text = this.#text.slice(this.#at) + wanted;
    this.#at = 0;
  }

  /** Ends the text: the last record can lack its newline. */
  end(): void {
    this.write('\n');
    this.#ended = true;
  }

  /** @returns the next records while they are plain; {@link read} reads all others */
  readPlain(most: number): PlainRecords {
    const { records, at } = readPlain(this.#text, this.#at, this.#line, most, this.#delimiter);
    this.#moveTo(at, this.#line + records.count);
    return records;
  }

  /** @returns the next records; empty when the text so far contains no complete one */
  read(): SourceRecord[] {
    const { frames, at, line } = frameRecords(
      this.#text,
      this.#at,
      this.#line,
      this.#most,
      this.#delimiter,
    );
    const [first] = frames;
    if (first === undefined) {
      this.#moveTo(at, line);
      return this.#readOpen();
    }
    const cells = parseRecords(
      frames.map(({ text }) => text),
      this.#delimiter,
    );
    if (Array.isArray(cells)) {
      this.#moveTo(at, line);
      this.#most = Math.min(2 * this.#most, BATCH);
      return frames.map(({ line }, i) => ({ kind: 'record', line, cells: cells[i] ?? [] }));
    }
    if (cells.records === 0) {
      this.#most = 1;
      return [this.#reject(first, describeFault(cells, first))];
    }
    // First read the records before the refused one; then it is the first.
    this.#most = cells.records;
    return this.read();
  }

  /** @returns the incomplete record as broken, when its end can no longer arrive */
  #readOpen(): SourceRecord[] {
    const length = this.#text.length - this.#at;
    const tooLong = length > RECORD_LIMIT;
    if (length === 0 || !(tooLong || this.#ended)) return [];
    const text = this.#text.slice(this.#at, this.#at + RECORD_LIMIT);
    const frame = { line: this.#line, start: this.#at, text };
    const cells = parseRecords([text], this.#delimiter);
    const unknown = Array.isArray(cells) || (tooLong && cells.code === 'CSV_QUOTE_NOT_CLOSED');
    return [this.#reject(frame, unknown ? TOO_LONG : describeFault(cells, frame))];
  }

  #reject({ line, start }: Frame, detail: RowDetail): SourceRecord {
    const newline = this.#text.indexOf('\n', start);
    this.#skipping = newline === -1;
    this.#moveTo(this.#skipping ? this.#text.length : newline + 1, line + 1);
    return { kind: 'broken', line, detail };
  }

  #moveTo(at: number, line: number): void {
    this.#at = at;
    this.#line = line;
  }
}
