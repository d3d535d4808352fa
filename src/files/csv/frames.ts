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
 * Finds where records begin and end, without parsing their cells: at the first newline with an even
 * number of quotes before it, because inner quotes are doubled. A line with nothing but blanks, delimiters
 * and quotes is no record: spreadsheets save rows without content in this way.
 *
 * @param at offset to begin at, the beginning of a line with the number `line`
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
    if (!isBlank(record, delimiter)) {
      frames.push({ line, start: at, text: record });
    }
    at = end + 1;
    line = nextLine;
  }
  return { frames, at, line };
}

/** Also invisible characters are no content. */
const CONTENT: Readonly<Record<Delimiter, RegExp>> = {
  ',': /[^\s",\p{Cf}]/u,
  ';': /[^\s";\p{Cf}]/u,
  '\t': /[^\s"\p{Cf}]/u,
  '|': /[^\s"|\p{Cf}]/u,
};

/** Whether a record has nothing but blanks, delimiters and quotes. */
export function isBlank(record: string, delimiter: Delimiter): boolean {
  const first = record.charCodeAt(0);
  // Most records begin with a digit or a letter.
  if ((first >= 0x30 && first <= 0x39) || (first >= 0x41 && first <= 0x7a)) return false;
  return !CONTENT[delimiter].test(record);
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found === -1 ? text.length : found;
}
