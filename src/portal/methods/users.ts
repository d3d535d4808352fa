import { type UserId, userId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, toText } from '../http/json.ts';

/** `user.get` returns at most this many people at a time. */
export const USERS_PER_PAGE = 50;

/**
 * Reads which of the people the webhook can see (`user.get`): extranet users only for an administrator, by
 * the filter's key ID. Needs the scope `user`, `user_basic` or `user_brief`.
 *
 * @param userIds at most {@link USERS_PER_PAGE}
 */
export function usersCall(userIds: readonly UserId[]): Call {
  return { method: 'user.get', parameters: { FILTER: { ID: userIds } } };
}

/** @returns the ids of those who exist, or undefined when the answer is something else */
export function readUsers(result: unknown): ReadonlySet<number> | undefined {
  if (!isRecord(result)) return undefined;
  const ids = Object.values(result).map((user) => (isRecord(user) ? Number(user.ID) : Number.NaN));
  return ids.every(Number.isInteger) ? new Set(ids) : undefined;
}

/** A person as the portal shows them. */
export interface Person {
  id: UserId;
  name: string;
  /** Undefined when the webhook's scopes do not show addresses. */
  email: string | undefined;
  /** False for the dismissed. */
  active: boolean;
  /** Extranet users who never logged in are invited, but get no notification. */
  isUnnotified: boolean;
}

/**
 * Reads the people with one of the addresses (`user.get`). The portal compares without regard
 * to case and treats `%` and `_` as wildcards: check the answers. Needs the scope `user` or
 * `user_basic`; with `user_brief` all users come back.
 *
 * @param isAdmin shows extranet users too, which the portal does for administrators only (ADMIN_MODE)
 */
export function emailsCall(emails: readonly string[], isAdmin: boolean): Call {
  // Where portals support SELECT (in the published module only), it leaves out the rest, photos too.
  const SELECT = ['ID', 'NAME', 'LAST_NAME', 'EMAIL', 'ACTIVE'];
  const parameters = { FILTER: { EMAIL: emails }, SELECT, ...(isAdmin && { ADMIN_MODE: true }) };
  return { method: 'user.get', parameters };
}

/** @returns the people on a page, or undefined when the answer is something else */
export function readPeople(result: unknown): Person[] | undefined {
  if (!isRecord(result)) return undefined;
  const people = Object.values(result).map(readPerson);
  return people.every((person) => person !== undefined) ? people : undefined;
}

function readPerson(value: unknown): Person | undefined {
  if (!isRecord(value)) return undefined;
  const id = userId(Number(value.ID));
  if (id === undefined) return undefined;
  const email = 'EMAIL' in value ? toText(value.EMAIL) : undefined;
  const name = [value.NAME, value.LAST_NAME].map(toText).join(' ').trim();
  const isActive = value.ACTIVE !== false && value.ACTIVE !== 'N';
  const isUnnotified =
    value.USER_TYPE === 'extranet' && 'LAST_LOGIN' in value && toText(value.LAST_LOGIN) === '';
  return { id, name: name === '' ? (email ?? '') : name, email, active: isActive, isUnnotified };
}
