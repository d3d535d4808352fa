import {
  countCharacters,
  isMessageTooLong,
  MAX_MESSAGE_CHARACTERS,
} from '../../domain/imports/message.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { RejectReason } from '../../domain/pairs/outcome.ts';
import { MOST_PAIRS_PER_ROW } from '../../domain/pairs/pair-limits.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import type { Lists } from '../csv/records.ts';
import { quoteCell, shorten, trimInvisible } from './cell.ts';
import type { Columns } from './columns.ts';
import { isPlaceholder } from './placeholders.ts';
import { groupReferences, type References, userReferences } from './references.ts';

/** A row with one pair. Without a message the import's message applies. */
export interface PairRow {
  kind: 'pair';
  /** The row's first physical line in the source; the header is line 1. */
  line: number;
  groupId: GroupId;
  userId: UserId;
  message: string | undefined;
  /** The row has a text that stands for none, such as `NULL`. */
  hasPlaceholder?: true;
}

/** A row with names or several ids in its cells: each combination is a separate pair. */
export interface ListRow {
  kind: 'list';
  line: number;
  groups: References<GroupId>;
  users: References<UserId>;
  message: string | undefined;
  hasPlaceholder?: true;
}

/** A rejected row, with the reason. */
export interface IssueRow {
  kind: 'reject';
  line: number;
  reason: RejectReason;
  /** Details of the reason, with the faulty text. */
  details: readonly RowDetail[];
  /** The cells as in the file, shortened; empty for a broken row. */
  groupCell: string;
  userCell: string;
}

export type Row = PairRow | ListRow | IssueRow;

/** Length of the longest reasonable name or address. */
const CELL_CHARACTERS = 255;

/** Fewer question marks in a row are a question. */
const FEWEST_LOST = 5;

/** The parts of the file's format that are needed to read a row. */
export interface RowFormat {
  columns: Columns;
  delimiter: Delimiter;
  /** Number of empty cells that the rows have after those of the header. @default 0 */
  surplus?: number | undefined;
  /** Set where no text was divided into the cells: a delimiter cannot stand in a number then. */
  json?: unknown;
  workbook?: unknown;
}

/**
 * Converts a record to one pair, to several, or to a reject. Missing cells count as empty. A row with more
 * cells than the header is rejected, because its cells may belong to other columns. When both ids are wrong,
 * the reason is the group's, and the detail contains both.
 *
 * @param lists by place: the items of cells that are lists in the source
 */
export function rowOf(
  line: number,
  cells: readonly string[],
  format: RowFormat,
  lists?: Lists,
): Row {
  const { columns, delimiter } = format;
  const group = cellAt(cells, columns.group);
  const user = cellAt(cells, columns.user);
  if (cells.length > columns.count) {
    const detail = surplusOf(cells, format);
    if (detail !== undefined) return rejectedRow(line, 'bad_row', [detail], group, user);
  }
  // Commas stand in the cells of a workbook as a person typed them.
  const between = format.workbook === undefined && format.json === undefined ? delimiter : '\t';
  const groups = groupReferences(lists?.get(columns.group) ?? group, between);
  const users = userReferences(lists?.get(columns.user) ?? user, between);
  const count = groups.parts.length * users.parts.length;
  if (count > MOST_PAIRS_PER_ROW) {
    const detail = rowDetail('too_many_pairs', {
      ...{ pairs: count, groups: groups.parts.length, users: users.parts.length },
      most: MOST_PAIRS_PER_ROW,
    });
    return rejectedRow(line, 'bad_row', [detail], group, user);
  }
  const text = cellAt(cells, columns.message) || undefined;
  const fault = text === undefined ? undefined : faultIn(text, format);
  if (fault !== undefined) return rejectedRow(line, 'bad_row', [fault], group, user);
  const isEmpty = text !== undefined && isPlaceholder(trimInvisible(text));
  const said = {
    message: isEmpty ? undefined : text,
    ...(isEmpty && { hasPlaceholder: true as const }),
  };
  const [inGroup] = groups.parts;
  const [invited] = users.parts;
  if (count !== 1 || inGroup === undefined || invited === undefined) {
    return { kind: 'list', line, groups, users, ...said };
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
    return { kind: 'list', line, groups, users, ...said };
  }
  return { kind: 'pair', line, groupId: inGroup.id, userId: invited.id, ...said };
}

function surplusOf(
  cells: readonly string[],
  { columns: { count }, surplus = 0 }: RowFormat,
): RowDetail | undefined {
  const filled = cells.slice(count).find((cell) => cell.trim() !== '');
  const numbers = { cells: cells.length, first: count };
  if (filled !== undefined)
    return rowDetail('surplus_cell', { ...numbers, cell: quoteCell(filled.trim()) });
  return cells.length > count + surplus ? rowDetail('surplus_empty', numbers) : undefined;
}

/** @returns why a text cannot be the row's invitation text */
function faultIn(text: string, { delimiter, json, workbook }: RowFormat): RowDetail | undefined {
  if (isMessageTooLong(text)) {
    const characters = countCharacters(text);
    return rowDetail('message_long', { characters, most: MAX_MESSAGE_CHARACTERS });
  }
  if (isLost(text)) return rowDetail('message_lost', { cell: quoteCell(text) });
  // In 21,1,234 the user can be 1234 as well.
  const wasDivided = delimiter === ',' && json === undefined && workbook === undefined;
  return wasDivided && /^\d+$/.test(text)
    ? rowDetail('message_number', { cell: quoteCell(text) })
    : undefined;
}

/** Whether a program has written question marks, or the replacement character, in the place of letters. */
function isLost(text: string): boolean {
  if (text.includes('\ufffd')) return true;
  if (!text.includes('??')) return false;
  const marks = text.match(/\?{2,}(?=[\s,.!?]|$)/g)?.join('').length ?? 0;
  return marks >= FEWEST_LOST && marks * 3 > text.replace(/\s/g, '').length;
}

/** @returns the reject for a record with cells that cannot be parsed */
export const brokenRow = (line: number, detail: RowDetail): IssueRow =>
  rejectedRow(line, 'bad_row', [detail], '', '');

/** @returns the reject for a row that the workbook does not show: no one sees who would be invited */
export const hiddenRow = (
  line: number,
  cells: readonly string[],
  { columns }: RowFormat,
): IssueRow =>
  rejectedRow(
    line,
    'hidden_row',
    [rowDetail('row_hidden', {})],
    cellAt(cells, columns.group),
    cellAt(cells, columns.user),
  );

/** @param group the cell as in the file; it is shortened here, like the user's */
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
