import type { RowDetail } from '../../messages/row-details.ts';
import { describeFault, TOO_LONG } from '../rows/row-faults.ts';
import type { Delimiter } from './delimiter.ts';
import { type Frame, frameRecords, RECORD_LIMIT } from './frames.ts';
import { parseRecords } from './parse.ts';
import { type PlainRecords, readPlain } from './plain.ts';

/** Records per call of csv-parse; more make it no faster. */
const BATCH = 1000;

/** A record, and its first physical line counted from 1. */
export type SourceRecord =
  | { kind: 'record'; line: number; cells: string[] }
  /** Its cells cannot be told apart; `detail` says what is wrong. */
  | { kind: 'broken'; line: number; detail: RowDetail };

/**
 * Text in pieces → records with their lines. A line ends with LF or CRLF; a lone CR is a character
 * like others. The cells are read by csv-parse, and come without the blanks around them.
 *
 * A broken record costs its first line only: reading goes on at the line after it, so that an
 * unclosed quote does not swallow the rows which follow. That never reads a stretch more than
 * twice: lines that a false quote held inside have an even number of quotes each, and therefore
 * open nothing when they are read again.
 *
 * csv-parse alone would stop at the first broken record, or skip it and go on inside its quote; and
 * it counts a CRLF inside quotes as two lines. Hence it gets records whose ends are known already.
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
  /** Inside a line that is rejected already, and whose end has not come yet. */
  #skipping = false;
  /** How many records to read at once: few after a broken one, for where one is there are more. */
  #most = BATCH;

  /** @param delimiter what stands between the cells */
  constructor(delimiter: Delimiter = ',') {
    this.#delimiter = delimiter;
  }

  /** Takes more text. Read all there is before, else the text piles up. */
  write(text: string): void {
    const newline = this.#skipping ? text.indexOf('\n') : -1;
    if (newline !== -1) this.#skipping = false;
    const wanted = this.#skipping ? '' : text.slice(newline + 1);
    this.#text = this.#text.slice(this.#at) + wanted;
    this.#at = 0;
  }

  /** Says that no more text will come: the last record may lack its newline. */
  end(): void {
    this.write('\n');
    this.#ended = true;
  }

  /** @returns the next records as long as they are plain; {@link read} reads those that are not */
  readPlain(most: number): PlainRecords {
    const { records, at } = readPlain(this.#text, this.#at, this.#line, most, this.#delimiter);
    this.#moveTo(at, this.#line + records.count);
    return records;
  }

  /** @returns the next records, or none when there are none in the text so far */
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
    // First those before the refused one; then it is the first.
    this.#most = cells.records;
    return this.read();
  }

  /** @returns the record without an end, broken, if its end cannot come any more */
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
