import type { RowFault } from '../../domain/pairs/row-fault.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Frame } from '../csv/frames.ts';
import type { RecordError } from '../csv/parse.ts';
import { quoteCell } from './cell.ts';

export const TOO_LONG = rowDetail('row_too_long', {});

/** @returns the fault of a record with a lone CR */
export const lineEndInside = ({ text }: Frame): RowDetail<RowFault> =>
  rowDetail('line_end_inside', { cell: quoteCell(text.trim()) });

/**
 * Explains why csv-parse refuses a record.
 *
 * @param refusal of a text that begins with the record
 */
export function describeFault(refusal: RecordError, record: Frame): RowDetail<RowFault> {
  switch (refusal.code) {
    case 'INVALID_OPENING_QUOTE':
      // csv-parse also reports this code for the second quote of "a" "b".
      return refusal.quoting
        ? textAfterQuote(refusal, record)
        : rowDetail('quote_inside', { cell: faultyCell(refusal, record) });
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return textAfterQuote(refusal, record);
    case 'CSV_QUOTE_NOT_CLOSED':
      return rowDetail('quote_not_closed', { cell: firstLine(record.text) });
    default:
      return refusal.code satisfies never;
  }
}

/** @returns the fault as parameters of a problem */
export const faultOf = ({ code, params: { cell = '', line = 0 } }: RowDetail<RowFault>) => ({
  ...{ fault: code, cell: String(cell), closing: Number(line) },
});

function textAfterQuote(refusal: RecordError, record: Frame): RowDetail<RowFault> {
  const away = newlinesBefore(refusal, record);
  return away === 0
    ? rowDetail('text_after_quote', { cell: faultyCell(refusal, record) })
    : rowDetail('quote_closed_late', {
        line: record.line + away,
        cell: firstLine(record.text),
      });
}

function newlinesBefore({ lines }: RecordError, { text }: Frame): number {
  const ends = text.match(/[\r\n]/g) ?? [];
  return ends.slice(0, lines - 1).filter((end) => end === '\n').length;
}

/** @returns the line, from the faulty cell on */
function faultyCell({ bytes }: RecordError, { text }: Frame): string {
  return firstLine(
    Buffer.from(text)
      .toString('utf8', bytes)
      .replace(/^[,;\t|]/, ''),
  );
}

const firstLine = (text: string): string => quoteCell(text.replace(/\n.*/s, '').trim());
