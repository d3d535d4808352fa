import {
  type PhpArray,
  type PhpValue,
  phpArrayOf,
  phpBool,
  phpInt,
  phpList,
  phpRecord,
  phpString,
  upperKeys,
} from '../rest/php-array.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import type { SeedUser } from '../state/seed.ts';
import { type Fields, filterOf } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';

const BRIEF_FIELDS = [
  'ID',
  'ACTIVE',
  'NAME',
  'LAST_NAME',
  'SECOND_NAME',
  'USER_TYPE',
  'UF_DEPARTMENT',
];
const LAST_LOGIN = '2026-11-27T08:15:00+00:00';
const FIELDS = [...BRIEF_FIELDS, 'EMAIL', 'LAST_LOGIN'];

/**
 * `user.get` ("Get a List of Users by Filter"): no bots, e-mail users, integrators and system users; the dismissed with
 * `ACTIVE: false`. Extranet users only for an administrator, whose filter has the key ID or who sends
 * ADMIN_MODE. A filter by a field that the scope does not show is ignored. SELECT narrows the
 * fields (published module). An empty page has no total.
 */
export function usersGet({ portal, fields, start }: Call): Outcome {
  const given = upperKeys(fields);
  const wanted = given.get('FILTER');
  const filter = normalised(wanted instanceof Map ? upperKeys(wanted) : given);
  const showsExtranet = portal.isAdmin && (filter.has('ID') || phpBool(given.get('ADMIN_MODE')));
  const found = candidates(portal, filter.get('ID'))
    .filter(({ kind }) => kind === 'employee' || (kind === 'extranet' && showsExtranet))
    .map(userFields)
    .filter(filterOf(filter, shownFields(portal)));
  const order = phpRecord({ [phpString(given.get('SORT')) || 'ID']: given.get('ORDER') ?? 'ASC' });
  const { records, ...page } = pageOf(sorted(found, order, order), start);
  const shown = selected(shownFields(portal), given.get('SELECT'));
  const result = phpList(records.map((fields) => fieldsOf(fields, shown)));
  return records.length === 0 ? { result } : { result, ...page };
}

function selected(names: readonly string[], select: PhpValue | undefined): readonly string[] {
  const wanted = [...phpArrayOf(select).values()].map(phpString);
  const isAll = wanted.length === 0 || wanted.includes('*');
  return isAll ? names : names.filter((name) => wanted.includes(name));
}

/** Finds the people by id where the filter names them: a portal can have many. */
function candidates(portal: Portal, ids: PhpValue | undefined): SeedUser[] {
  if (ids === undefined) return [...portal.users.values()];
  const wanted = new Set([...phpArrayOf(ids).values()].map(phpInt));
  return [...wanted].map((id) => portal.users.get(id)).filter((user) => user !== undefined);
}

/** @returns the person as the scopes of the webhook show it. */
export function shownUser(user: SeedUser, portal: Portal): PhpArray {
  return fieldsOf(userFields(user), shownFields(portal));
}

function fieldsOf(fields: Fields, shown: readonly string[]): PhpArray {
  const all = {
    ...fields,
    ID: String(fields.ID),
    ACTIVE: fields.ACTIVE === 'Y',
    UF_DEPARTMENT: phpList([1]),
  };
  return phpRecord(
    Object.fromEntries(Object.entries(all).filter(([name]) => shown.includes(name))),
  );
}

/** @returns first and last name. */
export function namesOf(user: SeedUser): { first: string; last: string } {
  const space = user.name.lastIndexOf(' ');
  return { first: user.name.slice(0, Math.max(0, space)), last: user.name.slice(space + 1) };
}

function shownFields(portal: Portal): string[] {
  const withEmail = ['user', 'user_basic'].some((scope) => portal.scopes.includes(scope));
  return withEmail ? FIELDS : BRIEF_FIELDS;
}

function userFields(user: SeedUser): Fields {
  const { first, last } = namesOf(user);
  return {
    ID: user.id,
    ACTIVE: user.active ? 'Y' : 'N',
    NAME: first,
    LAST_NAME: last,
    SECOND_NAME: '',
    EMAIL: user.email,
    USER_TYPE: user.kind,
    LAST_LOGIN: user.hasLoggedIn === false ? '' : LAST_LOGIN,
    UF_DEPARTMENT: 1,
  };
}

function normalised(filter: PhpArray): PhpArray {
  return new Map([...filter].map(([key, value]) => [key, normalisedValue(key, value)]));
}

function normalisedValue(key: string, value: PhpValue): PhpValue {
  if (key.endsWith('ACTIVE')) return phpBool(value) && value !== 'N' ? 'Y' : 'N';
  if (key !== 'ID') return value;
  const isList = value instanceof Map && value.size > 0;
  return isList ? phpList([...value.values()].map(phpInt)) : phpInt(value);
}
