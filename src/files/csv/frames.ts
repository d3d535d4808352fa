import type { Delimiter } from './delimiter.ts';

/** A longer record (in UTF-16 units) is broken, so that an unclosed quote cannot eat the memory. */
export const RECORD_LIMIT = 1024 * 1024;

/** The text of one record without its newline. */
export interface Frame {
  /** Its first line in the source. */
  line: number;
  /** Where it begins in the text that it was found in. */
  start: number;
  text: string;
}

export interface Framing {
  frames: Frame[];
  /** Where the frames end: at a record without an end (or beyond the limit), or at the text's. */
  at: number;
  line: number;
}

/**
 * Finds where records begin and end; what their cells are is not asked here. A record ends at the
 * first newline with an even number of quotes before it: inner quotes are doubled, so that each
 * well-formed record has an even number, and an odd one only where a newline stands in quotes.
 * Lines with nothing but blanks are no records; where a tab divides cells it is no blank.
 *
 * @param at where to begin, a place where a line begins
 * @param line the number of that line
 * @param most how many records to find at most
 * @param delimiter what stands between the cells
 */
export function frameRecords(
  text: string,
  at: number,
  line: number,
  most: number,
  delimiter: Delimiter = ',',
): Framing {
  const frames: Frame[] = [];
  let quote = indexOrEnd(text, '"', at);
  while (frames.length < most) {
    let end = indexOrEnd(text, '\n', at);
    let nextLine = line + 1;
    // Quotes come in twos, and a newline between the two ends nothing.
    while (quote < end) {
      const second = indexOrEnd(text, '"', quote + 1);
      for (; end < second; nextLine++) end = indexOrEnd(text, '\n', end + 1);
      quote = indexOrEnd(text, '"', second + 1);
    }
    if (end === text.length || end - at > RECORD_LIMIT) break;
    const record = text.slice(at, end);
    if (record.trim() !== '' || (delimiter === '\t' && record.includes(delimiter))) {
      frames.push({ line, start: at, text: record });
    }
    at = end + 1;
    line = nextLine;
  }
  return { frames, at, line };
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found === -1 ? text.length : found;
}
