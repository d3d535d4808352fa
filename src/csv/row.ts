import { type GroupId, groupId, MAX_ID, type UserId, userId } from '../domain/ids.ts';
import type { RejectReason } from '../domain/outcome.ts';
import { cellNumber, quoteCell, shorten } from './cell.ts';
import type { Columns } from './columns.ts';

/** A row that names a pair. Without a message the import's default applies. */
export interface PairRow {
  kind: 'pair';
  /** The row's first physical line in the source; the header is line 1. */
  line: number;
  groupId: GroupId;
  userId: UserId;
  message: string | undefined;
}

/** A row that cannot be a pair, and why. */
export interface IssueRow {
  kind: 'reject';
  line: number;
  reason: RejectReason;
  /** The reason in plain words, with the text that is wrong. */
  detail: string;
  /** The cells as they stand in the file, shortened; empty where a broken row has none to tell. */
  groupCell: string;
  userCell: string;
}

export type Row = PairRow | IssueRow;

/** As long as the longest name or address that a cell may hold with sense. */
const CELL_CHARACTERS = 255;

/**
 * One record → a pair, or the reason why it is none. Missing cells count as empty, surplus cells
 * must be. When both ids are wrong the reason is the group's and the detail tells both.
 */
export function rowOf(line: number, cells: readonly string[], columns: Columns): Row {
  const group = cellAt(cells, columns.group);
  const user = cellAt(cells, columns.user);
  if (cells.length > columns.count) {
    const surplus = cells.slice(columns.count).find((cell) => cell.trim() !== '');
    if (surplus !== undefined) {
      const detail = `the row has ${cells.length} cells, the header ${columns.count}; one too many is ${quoteCell(surplus.trim())}`;
      return reject(line, 'bad_row', detail, group, user);
    }
  }
  const inGroup = groupId(cellNumber(group) ?? 0);
  const invited = userId(cellNumber(user) ?? 0);
  if (inGroup !== undefined && invited !== undefined) {
    const message = cellAt(cells, columns.message) || undefined;
    return { kind: 'pair', line, groupId: inGroup, userId: invited, message };
  }
  const details = [
    ...(inGroup === undefined ? [whyNoId(group, 'group')] : []),
    ...(invited === undefined ? [whyNoId(user, 'user')] : []),
  ];
  const reason = inGroup === undefined ? groupReason(group) : userReason(user);
  return reject(line, reason, details.join('; '), group, user);
}

/** @returns the row for a record whose cells cannot be told apart */
export const brokenRow = (line: number, detail: string): IssueRow =>
  reject(line, 'bad_row', detail, '', '');

const groupReason = (cell: string) => (cell === '' ? 'missing_group' : 'bad_group_id');

const userReason = (cell: string) => (cell === '' ? 'missing_user' : 'bad_user_id');

const cellAt = (cells: readonly string[], column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '').trim();

function reject(
  line: number,
  reason: RejectReason,
  detail: string,
  group: string,
  user: string,
): IssueRow {
  const groupCell = shorten(group, CELL_CHARACTERS);
  const userCell = shorten(user, CELL_CHARACTERS);
  return { kind: 'reject', line, reason, detail, groupCell, userCell };
}

function whyNoId(text: string, of: 'group' | 'user'): string {
  if (text === '') return `the ${of} is empty`;
  const value = cellNumber(text);
  const shown = quoteCell(text);
  if (value === undefined) {
    return `${shown} is not a ${of}'s id: an id is a whole number in the digits 0 to 9, nothing else`;
  }
  return value === 0
    ? `${shown} is not a ${of}'s id: ids start at 1`
    : `${shown} is not a ${of}'s id: the largest is ${MAX_ID}`;
}
