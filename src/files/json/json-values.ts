import { problem } from '../../messages/problems.ts';
import { RECORD_LIMIT } from '../csv/frames.ts';
import { findJsonFault } from './json-fault.ts';
import { endOfContainer, endOfScalar, endOfString, type Scan } from './json-scan.ts';
import type { JsonShape } from './json-shape.ts';
import { parseJson } from './parse-json.ts';

/** Number of values to read at once. */
const BATCH = 1000;

/** A value, and where it stands. */
export interface JsonValue {
  /** Number of the element in its array, or of the first line; both from 1. */
  number: number;
  value: unknown;
  /** Number of the names in an object; a repeated name counts again. */
  names: number;
}

type Expected = 'array' | 'first_value' | 'value' | 'separator' | 'line_end' | 'end';

/**
 * Reads text in pieces as JSON values: the elements of an array, or one value per line. A value can span several
 * lines. No value may be longer than 1 MiB, so that the memory does not grow with the file.
 *
 * @example
 * const values = new JsonValues('array', 'people.json');
 * values.write('[{"a":1},{"b"');
 * values.read(); // [{ number: 1, value: { a: 1 }, names: 1 }]
 * values.read(); // []: write more, or end
 */
export class JsonValues {
  readonly #shape: JsonShape;
  readonly #fileName: string;
  #text = '';
  /** Offset after what was read. */
  #at = 0;
  #line = 1;
  /** Offset of the line's first character; negative when that is gone. */
  #lineStart = 0;
  #expected: Expected;
  #elements = 0;
  #ended = false;
  /** Where to continue in a value whose end has not arrived. */
  #scan: Scan | undefined;

  constructor(shape: JsonShape, fileName: string) {
    this.#shape = shape;
    this.#fileName = fileName;
    this.#expected = shape === 'array' ? 'array' : 'value';
  }

  /** Adds text. Read all available values first, otherwise the text accumulates. */
  write(text: string): void {
    this.#text = this.#text.slice(this.#at) + text;
    this.#lineStart -= this.#at;
    if (this.#scan !== undefined) this.#scan.at -= this.#at;
    this.#at = 0;
  }

  /** Ends the text. */
  end(): void {
    this.#ended = true;
  }

  /**
   * @returns the next values; empty when the text so far contains no complete one
   * @throws Problem with line and column where the text is not JSON, or a value is too long or nested too deep
   */
  read(): JsonValue[] {
    const found: JsonValue[] = [];
    while (found.length < BATCH && this.#skipBlanks()) {
      if (!this.#isBeforeValue()) continue;
      const value = this.#readValue();
      if (value === undefined) break;
      found.push(value);
    }
    const isComplete = this.#expected === 'end' || this.#shape === 'lines';
    if (this.#ended && found.length === 0 && !isComplete) this.#refuse(this.#text.length);
    return found;
  }

  /** @returns whether there is more text */
  #skipBlanks(): boolean {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length && ' \t\r\n'.includes(text.charAt(at)); at++);
    if (this.#moveTo(at) && this.#expected === 'line_end') this.#expected = 'value';
    return at < text.length;
  }

  /** Moves over a bracket or comma of the array. @returns whether a value is next */
  #isBeforeValue(): boolean {
    const character = this.#text[this.#at];
    const expected = this.#expected;
    if (expected === 'array' && character === '[') this.#expected = 'first_value';
    else if (expected === 'separator' && character === ',') this.#expected = 'value';
    else if (character === ']' && (expected === 'separator' || expected === 'first_value'))
      this.#expected = 'end';
    else if (expected === 'value' || expected === 'first_value') return true;
    else this.#refuse(this.#at);
    this.#moveTo(this.#at + 1);
    return false;
  }

  /** @returns undefined when its end has not arrived */
  #readValue(): JsonValue | undefined {
    const end = this.#endOfValue();
    const text = this.#text.slice(this.#at, end);
    if (text.length > RECORD_LIMIT) {
      throw problem('json_too_long', { file: this.#fileName, line: this.#line });
    }
    if (end === undefined && !this.#ended) return undefined;
    const value = parseJson(text);
    if (value === undefined) this.#refuse(this.#at + (findJsonFault(text) ?? 0));
    const names = this.#scan?.names ?? 0;
    const number = this.#shape === 'array' ? ++this.#elements : this.#line;
    this.#scan = undefined;
    this.#moveTo(this.#at + text.length);
    this.#expected = this.#shape === 'array' ? 'separator' : 'line_end';
    return { number, value, names };
  }

  #endOfValue(): number | undefined {
    const first = this.#text[this.#at];
    if (first === '"') return endOfString(this.#text, this.#at);
    if (first !== '{' && first !== '[') return endOfScalar(this.#text, this.#at);
    this.#scan ??= { at: this.#at, depth: 0, names: 0 };
    const end = endOfContainer(this.#text, this.#scan);
    if (end !== 'too_deep') return end;
    throw problem('json_too_deep', { file: this.#fileName, line: this.#line });
  }

  /** @returns whether a line has ended */
  #moveTo(offset: number): boolean {
    const before = this.#line;
    for (;;) {
      const end = this.#text.indexOf('\n', this.#at);
      if (end === -1 || end >= offset) break;
      this.#line++;
      this.#at = end + 1;
      this.#lineStart = this.#at;
    }
    this.#at = offset;
    return this.#line > before;
  }

  #refuse(offset: number): never {
    const isEnd = offset >= this.#text.length && this.#ended;
    this.#moveTo(offset);
    const place = { file: this.#fileName, line: this.#line };
    if (isEnd) throw problem('json_ends_early', place);
    throw problem('json_broken', { ...place, column: offset - this.#lineStart + 1 });
  }
}
