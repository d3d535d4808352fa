import { type GroupId, groupId, MAX_ID, type UserId, userId } from '../../domain/pairs/ids.ts';
import type { RejectReason } from '../../domain/pairs/outcome.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import { cellNumber, quoteCell } from './cell.ts';

/** Whom or what a part of a cell means, as far as the file tells. */
export type Reference<Id> =
  | { kind: 'id'; id: Id }
  /** A group by its name, a user by the address: the portal knows the id. */
  | { kind: 'name'; name: string }
  | { kind: 'wrong'; reason: RejectReason; detail: RowDetail; text: string };

/** What a cell holds. */
export interface References<Id> {
  /** At least one. */
  readonly parts: readonly Reference<Id>[];
  /** The whole cell, where it may be one name that has a separator in it. */
  readonly whole: string | undefined;
}

/** The digits of any script with what people put around them: meant as a number, not as a name. */
const NUMBER_LIKE = /^[+\-−–]?(?:0x[\da-f]+|[\p{Nd}\s.,_'’\u200b-\u200f]+(?:e[+-]?\p{Nd}+)?)$/iu;
const ADDRESS = /^[^\s@,<>"]+@[^\s@,<>"]+$/;

/** @returns a group's cell as the groups that it names: by id, or by exact name */
export function groupReferences(cell: string, delimiter: Delimiter): References<GroupId> {
  const parts = partsOf(cell, delimiter);
  if (parts.length === 0) return wrong('missing_group', rowDetail('group_empty', {}), '');
  const references = parts.map((part) => reference(part, groupId, 'group'));
  const isList = parts.length > 1 && references.some(({ kind }) => kind === 'name');
  return { parts: references, whole: isList ? cell : undefined };
}

/** @returns a user's cell as the people that it names: by id, or by e-mail address */
export function userReferences(cell: string, delimiter: Delimiter): References<UserId> {
  const parts = partsOf(cell, delimiter);
  if (parts.length === 0) return wrong('missing_user', rowDetail('user_empty', {}), '');
  return { parts: parts.map((part) => reference(part, userId, 'user')), whole: undefined };
}

/**
 * A list in a cell is divided by `;` or `|`, where that does not divide the cells, and by line
 * ends, which is how spreadsheets write lists. Empty parts are nothing.
 */
function partsOf(cell: string, delimiter: Delimiter): string[] {
  if (!/[;|\n\r]/.test(cell)) return cell === '' ? [] : [cell];
  const separator = delimiter === ';' ? /[|\n\r]/ : delimiter === '|' ? /[;\n\r]/ : /[;|\n\r]/;
  return cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function reference<Id>(
  text: string,
  toId: (value: number) => Id | undefined,
  of: 'group' | 'user',
): Reference<Id> {
  const value = cellNumber(text);
  const id = value === undefined ? undefined : toId(value);
  if (id !== undefined) return { kind: 'id', id };
  const isName = of === 'group' ? !NUMBER_LIKE.test(text) : ADDRESS.test(text);
  if (isName && value === undefined) return { kind: 'name', name: text };
  const reason = of === 'group' ? 'bad_group_id' : 'bad_user_id';
  return { kind: 'wrong', reason, detail: whyNoId(text, of, value), text };
}

function wrong(reason: RejectReason, detail: RowDetail, text: string): References<never> {
  return { parts: [{ kind: 'wrong', reason, detail, text }], whole: undefined };
}

function whyNoId(text: string, of: 'group' | 'user', value: number | undefined): RowDetail {
  const cell = quoteCell(text);
  if (value === 0) return rowDetail(`${of}_id_zero`, { cell });
  if (value !== undefined) return rowDetail(`${of}_id_large`, { cell, most: MAX_ID });
  return rowDetail(text.includes(',') ? `${of}_id_list` : `${of}_id_form`, { cell });
}
