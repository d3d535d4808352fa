import { MAX_ID } from '../../domain/pairs/ids.ts';
import type { Delimiter } from './delimiter.ts';

const [LF, CR, ZERO] = [10, 13, 48];

/** Lines that consist of two ids, as most lines of most files do: `15,3`. Stored in columns. */
export interface PlainRecords {
  /** Line of the first record; each record takes one line. */
  line: number;
  count: number;
  first: Uint32Array;
  second: Uint32Array;
}

const NO_IDS = new Uint32Array(0);
const SHORTEST_LINE = '1,2\n'.length;

/**
 * Reads plain records many times faster than the general parser. Stops before a line that is not plain.
 *
 * @param at offset to begin at, the beginning of a record with the line number `line`
 * @returns the records, and the offset after them
 */
export function readPlain(
  text: string,
  at: number,
  line: number,
  most: number,
  delimiter: Delimiter = ',',
): { records: PlainRecords; at: number } {
  const separator = delimiter.charCodeAt(0);
  const records: PlainRecords = { line, count: 0, first: NO_IDS, second: NO_IDS };
  while (records.count < most) {
    let next = at;
    let digit = text.charCodeAt(next) - ZERO;
    let first = 0;
    for (; digit >= 0 && digit <= 9; digit = text.charCodeAt(++next) - ZERO) {
      first = first * 10 + digit;
    }
    if (!isId(first) || text.charCodeAt(next) !== separator) break;
    digit = text.charCodeAt(++next) - ZERO;
    let second = 0;
    for (; digit >= 0 && digit <= 9; digit = text.charCodeAt(++next) - ZERO) {
      second = second * 10 + digit;
    }
    if (text.charCodeAt(next) === CR) next++;
    if (!isId(second) || text.charCodeAt(next) !== LF) break;
    if (records.count === 0) {
      const space = Math.min(most, Math.ceil((text.length - at) / SHORTEST_LINE));
      records.first = new Uint32Array(space);
      records.second = new Uint32Array(space);
    }
    records.first[records.count] = first;
    records.second[records.count++] = second;
    at = next + 1;
  }
  return { records, at };
}

const isId = (value: number): boolean => value > 0 && value <= MAX_ID;
