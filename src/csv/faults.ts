import { quoteCell } from './cell.ts';
import type { Frame } from './frames.ts';
import type { Refusal } from './parse.ts';

export const TOO_LONG = 'the row is longer than 1 MiB; probably a quote is opened and not closed';

/**
 * Says in plain words why csv-parse refuses a record.
 *
 * @param refusal of a text that begins with the record
 */
export function describeFault(refusal: Refusal, record: Frame): string {
  switch (refusal.code) {
    case 'INVALID_OPENING_QUOTE':
      // The second quote of "a" "b" is one, too.
      return refusal.quoting
        ? textAfterQuote(refusal, record)
        : `a quote stands inside a cell that does not begin with one: ${faultyCell(refusal, record)}`;
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return textAfterQuote(refusal, record);
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote is opened and never closed: ${firstLine(record.text)}`;
    default:
      return refusal.code satisfies never;
  }
}

function textAfterQuote(refusal: Refusal, record: Frame): string {
  const away = newlinesBefore(refusal, record);
  return away === 0
    ? `text follows a closing quote: ${faultyCell(refusal, record)}`
    : `a quote is opened here and closed on line ${record.line + away} in the middle of text: ${firstLine(record.text)}`;
}

function newlinesBefore({ lines }: Refusal, { text }: Frame): number {
  const ends = text.match(/[\r\n]/g) ?? [];
  return ends.slice(0, lines - 1).filter((end) => end === '\n').length;
}

/** @returns the line from the cell with the fault on */
function faultyCell({ bytes }: Refusal, { text }: Frame): string {
  return firstLine(
    Buffer.from(text)
      .toString('utf8', bytes)
      .replace(/^[,;\t|]/, ''),
  );
}

const firstLine = (text: string): string => quoteCell(text.replace(/\n.*/s, '').trim());
