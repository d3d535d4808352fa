import { DELIMITERS, type Delimiter } from './delimiter.ts';
import { withoutCrs } from './line-ends.ts';

/** How a record's text becomes cells. */
export interface LineFormat {
  readonly delimiter: Delimiter;
  /**
   * Delimiters at the ends of lines that belong to no cell: a spreadsheet with another list separator has
   * opened the file and saved it, with the same number of its own cells in each line.
   */
  readonly tail?: string | undefined;
  /** Lines can be quoted as a whole: the same spreadsheet does so where a line has quotes. */
  readonly quotedLines?: boolean | undefined;
}

/** @returns the record's text without what a spreadsheet has put around it */
export function unwrapRecord(text: string, { tail, quotedLines }: LineFormat): string {
  let record = text;
  if (tail !== undefined) {
    let end = record.trimEnd().length;
    const least = end - tail.length;
    while (end > least && record[end - 1] === tail[0]) end--;
    record = record.slice(0, end);
  }
  return quotedLines === true ? (unquoteLine(record) ?? record) : record;
}

const TAIL = /(?<!\t)\t+$|(?<!,),+$|(?<!;);+$/;

/** @returns the same delimiter, once or several times, at the end of a line */
export const tailOf = (text: string): string | undefined => TAIL.exec(withoutCrs(text))?.[0];

/** @returns the content of a line that consists of one quoted cell with delimiters in it */
export function unquoteLine(text: string): string | undefined {
  const line = text.trim();
  if (!/^"(?:[^"]|"")*"$/.test(line)) return undefined;
  const content = line.slice(1, -1).replaceAll('""', '"');
  // Quotes that are not in pairs, or a line end outside of them, would change other records.
  if (/["\n]/.test(content.replace(/"[^"]*"/g, ''))) return undefined;
  return DELIMITERS.some((one) => content.includes(one)) ? content : undefined;
}
