import { ROW_FAULTS, type RowFault } from '../../domain/pairs/row-fault.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Frame } from '../csv/frames.ts';
import type { RecordError } from '../csv/parse.ts';
import { quoteCell } from './cell.ts';

export const TOO_LONG = rowDetail('row_too_long', {});

/**
 * Says in plain words why csv-parse refuses a record.
 *
 * @param refusal of a text that begins with the record
 */
export function describeFault(refusal: RecordError, record: Frame): RowDetail {
  switch (refusal.code) {
    case 'INVALID_OPENING_QUOTE':
      // The second quote of "a" "b" is one, too.
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

/** @returns what keeps a record from being read; undefined when it is something else */
export function faultOf({
  code,
  params,
}: RowDetail): { fault: RowFault; cell: string; closing: number } | undefined {
  const fault = ROW_FAULTS.find((one) => one === code);
  const { cell = '', line: closing = 0 } = params;
  return fault && { fault, cell: String(cell), closing: Number(closing) };
}

function textAfterQuote(refusal: RecordError, record: Frame): RowDetail {
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

/** @returns the line from the cell with the fault on */
function faultyCell({ bytes }: RecordError, { text }: Frame): string {
  return firstLine(
    Buffer.from(text)
      .toString('utf8', bytes)
      .replace(/^[,;\t|]/, ''),
  );
}

const firstLine = (text: string): string => quoteCell(text.replace(/\n.*/s, '').trim());
