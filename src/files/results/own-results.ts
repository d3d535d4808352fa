import type { FirstRecord } from '../csv/first-record.ts';
import { type Columns, likely } from '../rows/columns.ts';

/** The first columns of results; other programs rely on these names and their order. */
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

/** Columns of results that follow. Files of older versions have none or some of them. */
export const NAME_COLUMNS = ['user_name', 'group_name'] as const;

export const namesOwnResults = (cells: readonly string[]): boolean =>
  RESULT_COLUMNS.every((name, i) => cells[i]?.trim() === name);

/** @returns how many columns of a results file are ours; those of its source follow */
export function countOwnColumns(header: readonly string[]): number {
  const further: readonly string[] = header.slice(RESULT_COLUMNS.length);
  const others = NAME_COLUMNS.findIndex((name, i) => further[i]?.trim() !== name);
  return RESULT_COLUMNS.length + (others === -1 ? NAME_COLUMNS.length : others);
}

/**
 * The columns of an edited results file: ours are known, the message is one of the source's columns.
 *
 * @param message `false` when the user specified that there is none
 * @throws Problem when several columns could be the message
 */
export function ownResultsColumns(first: FirstRecord, message?: false): Columns {
  return {
    group: RESULT_COLUMNS.indexOf('group_id'),
    user: RESULT_COLUMNS.indexOf('user_id'),
    message: message === false ? undefined : likely('message', first, countOwnColumns(first.cells)),
    count: first.cells.length,
  };
}
