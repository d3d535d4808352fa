import {
  countCharacters,
  isMessageTooLong,
  MAX_MESSAGE_CHARACTERS,
} from '../../domain/imports/message.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { RejectReason } from '../../domain/pairs/outcome.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import { quoteCell, shorten } from './cell.ts';
import type { Columns } from './columns.ts';
import { groupReferences, type References, userReferences } from './references.ts';

/** A row that names a pair. Without a message the import's default applies. */
export interface PairRow {
  kind: 'pair';
  /** The row's first physical line in the source; the header is line 1. */
  line: number;
  groupId: GroupId;
  userId: UserId;
  message: string | undefined;
}

/** A row whose cells hold names or several ids: each combination is a pair of its own. */
export interface ListRow {
  kind: 'list';
  line: number;
  groups: References<GroupId>;
  users: References<UserId>;
  message: string | undefined;
}

/** A row that cannot be a pair, and why. */
export interface IssueRow {
  kind: 'reject';
  line: number;
  reason: RejectReason;
  /** What is wrong, with the text of the cell. */
  details: readonly RowDetail[];
  /** The cells as they stand in the file, shortened; empty where a broken row has none to tell. */
  groupCell: string;
  userCell: string;
}

export type Row = PairRow | ListRow | IssueRow;

/** As long as the longest name or address that a cell may hold with sense. */
const CELL_CHARACTERS = 255;
/** One row of a megabyte could name billions of pairs. */
export const MOST_PAIRS_PER_ROW = 100_000;

/** What is known of the file when its rows are read. */
export interface RowFormat {
  columns: Columns;
  delimiter: Delimiter;
}

/**
 * One record → a pair, several, or the reason why it is none. Missing cells count as empty,
 * surplus cells must be. When both ids are wrong the reason is the group's and the detail tells
 * both.
 */
export function rowOf(line: number, cells: readonly string[], format: RowFormat): Row {
  const { columns, delimiter } = format;
  const group = cellAt(cells, columns.group);
  const user = cellAt(cells, columns.user);
  if (cells.length > columns.count) {
    const surplus = cells.slice(columns.count).find((cell) => cell.trim() !== '');
    if (surplus !== undefined) {
      const detail = rowDetail('surplus_cell', {
        ...{ cells: cells.length, first: columns.count, cell: quoteCell(surplus.trim()) },
      });
      return rejectedRow(line, 'bad_row', [detail], group, user);
    }
  }
  const groups = groupReferences(group, delimiter);
  const users = userReferences(user, delimiter);
  const count = groups.parts.length * users.parts.length;
  if (count > MOST_PAIRS_PER_ROW) {
    const detail = rowDetail('too_many_pairs', {
      ...{ pairs: count, groups: groups.parts.length, users: users.parts.length },
      most: MOST_PAIRS_PER_ROW,
    });
    return rejectedRow(line, 'bad_row', [detail], group, user);
  }
  const message = cellAt(cells, columns.message) || undefined;
  if (message !== undefined && isMessageTooLong(message)) {
    const characters = countCharacters(message);
    const detail = rowDetail('message_long', { characters, most: MAX_MESSAGE_CHARACTERS });
    return rejectedRow(line, 'bad_row', [detail], group, user);
  }
  const [inGroup] = groups.parts;
  const [invited] = users.parts;
  if (count !== 1 || inGroup === undefined || invited === undefined) {
    return { kind: 'list', line, groups, users, message };
  }
  if (inGroup.kind === 'wrong') {
    const details = [inGroup, invited].flatMap((part) =>
      part.kind === 'wrong' ? [part.detail] : [],
    );
    return rejectedRow(line, inGroup.reason, details, group, user);
  }
  if (invited.kind === 'wrong')
    return rejectedRow(line, invited.reason, [invited.detail], group, user);
  if (inGroup.kind === 'name' || invited.kind === 'name') {
    return { kind: 'list', line, groups, users, message };
  }
  return { kind: 'pair', line, groupId: inGroup.id, userId: invited.id, message };
}

/** @returns the row for a record whose cells cannot be told apart */
export const brokenRow = (line: number, detail: RowDetail): IssueRow =>
  rejectedRow(line, 'bad_row', [detail], '', '');

/** @param group the cell as it stands in the file; it is shortened here, like the user's */
export function rejectedRow(
  line: number,
  reason: RejectReason,
  details: readonly RowDetail[],
  group: string,
  user: string,
): IssueRow {
  const groupCell = shorten(group, CELL_CHARACTERS);
  const userCell = shorten(user, CELL_CHARACTERS);
  return { kind: 'reject', line, reason, details, groupCell, userCell };
}

const cellAt = (cells: readonly string[], column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '').trim();
