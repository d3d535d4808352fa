import type { Delimiter } from './delimiter.ts';

/** A longer record (in UTF-16 units) counts as broken, so that an unclosed quote cannot exhaust the memory. */
export const RECORD_LIMIT = 1024 * 1024;

/** The text of one record, without its newline. */
export interface Frame {
  /** Its first line in the source. */
  line: number;
  /** Offset of the record in the text. */
  start: number;
  text: string;
}

export interface Framing {
  frames: Frame[];
  /** Offset after the frames: the start of an incomplete or too long record, or the end of the text. */
  at: number;
  line: number;
}

/**
 * Finds where records begin and end, without parsing their cells. A record ends at the first newline
 * with an even number of quotes before it: inner quotes are doubled, so each well-formed record has an
 * even number, and the number is odd only at a newline inside quotes. Blank lines are not records; a
 * tab is not a blank where it is the delimiter.
 *
 * @param at offset to begin at, the beginning of a line
 * @param line number of that line
 * @param most maximum number of records to find
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
    // Quotes come in pairs; a newline between the two is part of a cell.
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
