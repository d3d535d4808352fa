import { type GroupId, groupId, MAX_ID, type UserId, userId } from '../../domain/pairs/ids.ts';
import type { RejectReason } from '../../domain/pairs/outcome.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import { cellNumber, plainText, quoteCell, trimInvisible } from './cell.ts';
import { commaList, isGrouped } from './comma-list.ts';
import { isPlaceholder } from './placeholders.ts';
import { addressIn, isPlainAddress, numberIn } from './user-cell.ts';

/** The group or user in a part of a cell, as far as the file determines it. */
export type Reference<Id> =
  | { kind: 'id'; id: Id }
  /** A group by name, or a user by email address: the id must be read from the portal. */
  | { kind: 'name'; name: string }
  | { kind: 'wrong'; reason: RejectReason; detail: RowDetail; text: string };

/** The contents of a cell. */
export interface References<Id> {
  /** At least one. */
  readonly parts: readonly Reference<Id>[];
  /** The whole cell, when it can be one name that contains a separator or invisible characters. */
  readonly whole: string | undefined;
}

/** Digits of any script with the usual characters around them: meant as a number, not as a name. */
const NUMBER_LIKE = /^[+\-−–]?(?:0x[\da-f]+|[\p{Nd}\s.,_'’\p{Cf}]+(?:e[+-]?\p{Nd}+)?)$/iu;

/**
 * @param cell the items of a list are not divided further
 * @returns the groups that a group cell names, by id or by exact name
 */
export function groupReferences(
  cell: string | readonly string[],
  delimiter: Delimiter,
): References<GroupId> {
  const parts = partsOf(cell, (part) => commaList(part, delimiter, isGroupId));
  if (parts.length === 0) return wrong('missing_group', rowDetail('group_empty', {}), '');
  const references = parts.map(groupReference);
  const isOtherwise = references.some((one) => one.kind === 'name' && one.name !== cell);
  return { parts: references, whole: isOtherwise && typeof cell === 'string' ? cell : undefined };
}

/** @returns the users that a user cell names, by id or by email address */
export function userReferences(
  cell: string | readonly string[],
  delimiter: Delimiter,
): References<UserId> {
  const parts = usersIn(cell, delimiter);
  if (parts.length === 0) return wrong('missing_user', rowDetail('user_empty', {}), '');
  return { parts: parts.map(userReference), whole: undefined };
}

/** @returns the parts of a user cell, each of which stands for one user */
export const usersIn = (
  cell: string | readonly string[],
  delimiter: Delimiter,
): readonly string[] => partsOf(cell, (part) => commaList(part, delimiter, isUser));

/**
 * Splits a list in a cell at `;` and `|`, also where that is the file's delimiter and stands in quotes, at
 * line ends, as spreadsheets write lists, and at commas where nothing else can be meant. Drops empty parts.
 */
function partsOf(
  cell: string | readonly string[],
  atCommas: (part: string) => readonly string[],
): readonly string[] {
  if (typeof cell !== 'string') return cell.filter((part) => part !== '');
  if (!/[;|\n\r,]/.test(cell)) return cell === '' ? [] : [cell];
  return cell
    .split(/[;|\n\r]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(atCommas);
}

const isGroupId = (text: string): boolean =>
  /^\d+$/.test(text) && groupId(Number(text)) !== undefined;

const isUser = (text: string): boolean =>
  /^\d+$/.test(text) ? userId(Number(text)) !== undefined : userReference(text).kind !== 'wrong';

function groupReference(text: string): Reference<GroupId> {
  const value = cellNumber(trimInvisible(text));
  const id = value === undefined ? undefined : groupId(value);
  if (id !== undefined) return { kind: 'id', id };
  if (isPlaceholder(text)) return isNothing('group', text);
  if (value !== undefined || (!isLetter(text.charCodeAt(0)) && NUMBER_LIKE.test(text))) {
    return isNoId('group', text, value);
  }
  return { kind: 'name', name: plainText(text) || text };
}

/** An ASCII letter: no number begins with one, and most names do. */
const isLetter = (code: number): boolean => (code | 32) > 96 && (code | 32) < 123;

function userReference(text: string): Reference<UserId> {
  if (isPlainAddress(text)) return { kind: 'name', name: text };
  const trimmed = trimInvisible(text);
  const value = cellNumber(trimmed) ?? numberIn(trimmed);
  const id = value === undefined ? undefined : userId(value);
  if (id !== undefined) return { kind: 'id', id };
  const name = addressIn(text);
  if (name !== undefined) return { kind: 'name', name };
  return isPlaceholder(text) ? isNothing('user', text) : isNoId('user', text, value);
}

function wrong(reason: RejectReason, detail: RowDetail, text: string): References<never> {
  return { parts: [{ kind: 'wrong', reason, detail, text }], whole: undefined };
}

const isNothing = (of: 'group' | 'user', text: string): Reference<never> => ({
  ...{ kind: 'wrong', reason: `missing_${of}`, text },
  detail: rowDetail(`${of}_placeholder`, { cell: quoteCell(text) }),
});

const isNoId = (of: 'group' | 'user', text: string, value?: number): Reference<never> => ({
  ...{ kind: 'wrong', reason: `bad_${of}_id`, text },
  detail: whyNoId(text, of, value),
});

function whyNoId(text: string, of: 'group' | 'user', value: number | undefined): RowDetail {
  const cell = quoteCell(text);
  if (value === 0) return rowDetail(`${of}_id_zero`, { cell });
  if (value !== undefined) return rowDetail(`${of}_id_large`, { cell, most: MAX_ID });
  if (isGrouped(text)) return rowDetail(`${of}_id_grouped`, { cell });
  const areAddresses = text
    .split('@')
    .slice(1, -1)
    .some((between) => /[\s/]/.test(between));
  const isList = areAddresses || /,|\d\s*[/+&]\s*\d/.test(text);
  return rowDetail(isList ? `${of}_id_list` : `${of}_id_form`, { cell });
}
