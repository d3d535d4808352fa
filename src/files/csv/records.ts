import type { RejectReason } from '../../domain/pairs/outcome.ts';
import type { RowFault } from '../../domain/pairs/row-fault.ts';
import type { RowDetail } from '../../messages/row-details.ts';
import { describeFault, lineEndInside, TOO_LONG } from '../rows/row-faults.ts';
import { type Frame, frameRecords, isBlank, RECORD_LIMIT } from './frames.ts';
import { hasLoneCr } from './line-ends.ts';
import { type LineFormat, unwrapRecord } from './line-format.ts';
import { parseRecords } from './parse.ts';
import { type PlainRecords, readPlain } from './plain.ts';

/** Records per call of csv-parse; more are not faster. */
const BATCH = 1000;

/**
 * A record, and its first physical line, counted from 1. `isHidden`: a row that the workbook does not show.
 */
export type CsvRecord =
  | { kind: 'record'; line: number; cells: string[]; lists?: Lists; isHidden?: boolean }
  /** The cells cannot be parsed; `detail` is the reason, see `describeFault`. */
  | { kind: 'broken'; line: number; detail: RowDetail<RowFault> };

/** A record of any kind of file; `wrong`: one of its values has a type that is not allowed there. */
export type SourceRecord =
  | CsvRecord
  | { kind: 'wrong'; line: number; cells: string[]; reason: RejectReason; detail: RowDetail };

/** By place: the items of cells that are lists in the source itself, and so not divided further. */
export type Lists = ReadonlyMap<number, readonly string[]>;

/**
 * Converts text in pieces to records with line numbers. A line ends with LF or CRLF; a record with a lone CR
 * outside of quotes is broken. The cells are parsed by csv-parse, and trimmed.
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
  readonly #format: LineFormat;
  #text = '';
  #at = 0;
  #line = 1;
  #ended = false;
  /** Whether the reader is inside a rejected line, before its end. */
  #skipping = false;
  /** Number of records to read at once: few after a broken one, because broken records are often close. */
  #most = BATCH;

  constructor(format: LineFormat = { delimiter: ',' }) {
    this.#format = format;
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
    const { delimiter } = this.#format;
    const { records, at } = readPlain(this.#text, this.#at, this.#line, most, delimiter);
    this.#moveTo(at, this.#line + records.count);
    return records;
  }

  /** @returns the next records; empty when the text so far contains no complete one */
  read(): CsvRecord[] {
    const { delimiter } = this.#format;
    const { frames, at, line } = frameRecords(
      this.#text,
      this.#at,
      this.#line,
      this.#most,
      delimiter,
    );
    const [first] = frames;
    if (first === undefined) {
      this.#moveTo(at, line);
      return this.#readOpen();
    }
    const mixed = frames.findIndex(({ text }) => hasLoneCr(text));
    if (mixed === 0) {
      this.#most = 1;
      return [this.#reject(first, lineEndInside(first))];
    }
    if (mixed > 0) {
      this.#most = mixed;
      return this.read();
    }
    const records = this.#unwrap(frames);
    const [record] = records;
    if (record === undefined) {
      this.#moveTo(at, line);
      return this.read();
    }
    const cells = parseRecords(
      records.map(({ text }) => text),
      delimiter,
    );
    if (Array.isArray(cells)) {
      this.#moveTo(at, line);
      this.#most = Math.min(2 * this.#most, BATCH);
      return records.map(({ line }, i) => ({ kind: 'record', line, cells: cells[i] ?? [] }));
    }
    if (cells.records === 0) {
      this.#most = 1;
      return [this.#reject(record, describeFault(cells, record))];
    }
    // First read the records before the refused one; then it is the first.
    this.#most = cells.records;
    return this.read();
  }

  /** @returns the records with content, without what a spreadsheet has put around them */
  #unwrap(frames: readonly Frame[]): readonly Frame[] {
    const { tail, quotedLines, delimiter } = this.#format;
    if (tail === undefined && quotedLines !== true) return frames;
    return frames
      .map((frame) => ({ ...frame, text: unwrapRecord(frame.text, this.#format) }))
      .filter(({ text }) => !isBlank(text, delimiter));
  }

  /** @returns the incomplete record as broken, when its end can no longer arrive */
  #readOpen(): CsvRecord[] {
    const length = this.#text.length - this.#at;
    const tooLong = length > RECORD_LIMIT;
    if (length === 0 || !(tooLong || this.#ended)) return [];
    const text = this.#text.slice(this.#at, this.#at + RECORD_LIMIT);
    const frame = { line: this.#line, start: this.#at, text };
    const cells = parseRecords([text], this.#format.delimiter);
    const unknown = Array.isArray(cells) || (tooLong && cells.code === 'CSV_QUOTE_NOT_CLOSED');
    return [this.#reject(frame, unknown ? TOO_LONG : describeFault(cells, frame))];
  }

  #reject({ line, start }: Frame, detail: RowDetail<RowFault>): CsvRecord {
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
