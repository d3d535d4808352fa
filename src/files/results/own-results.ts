import type { FirstRecord } from '../csv/first-record.ts';
import { type Columns, likely } from '../rows/columns.ts';

/** The columns of our results, which other programs know by these names. */
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

/** @returns whether the first record is the header of results that we wrote */
export const namesOwnResults = (cells: readonly string[]): boolean =>
  RESULT_COLUMNS.every((name, i) => cells[i]?.trim() === name);

/**
 * The columns of mended results: ours are known, a message stands among the original ones.
 *
 * @param message `false` when a person says that there is none
 * @throws Problem when several could be the message
 */
export function ownResultsColumns(first: FirstRecord, message?: false): Columns {
  return {
    group: RESULT_COLUMNS.indexOf('group_id'),
    user: RESULT_COLUMNS.indexOf('user_id'),
    message: message === false ? undefined : likely('message', first, RESULT_COLUMNS.length),
    count: first.cells.length,
  };
}
