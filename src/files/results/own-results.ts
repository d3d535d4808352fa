import type { FirstRecord } from '../csv/first-record.ts';
import { type Columns, likely } from '../rows/columns.ts';

/** Columns of the results CSV; other programs rely on these names. */
export const RESULT_COLUMNS = [
  'line',
  'group_id',
  'user_id',
  'outcome',
  'reason',
  'detail',
  'attempts',
  'settled_at',
] as const;

/** @returns whether the first record is the header of our results CSV */
export const namesOwnResults = (cells: readonly string[]): boolean =>
  RESULT_COLUMNS.every((name, i) => cells[i]?.trim() === name);

/**
 * The columns of an edited results file: ours are known, the message is one of the original columns.
 *
 * @param message `false` when the user specified that there is none
 * @throws Problem when several columns could be the message
 */
export function ownResultsColumns(first: FirstRecord, message?: false): Columns {
  return {
    group: RESULT_COLUMNS.indexOf('group_id'),
    user: RESULT_COLUMNS.indexOf('user_id'),
    message: message === false ? undefined : likely('message', first, RESULT_COLUMNS.length),
    count: first.cells.length,
  };
}
