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
} from '../php-array.ts';
import type { Portal } from '../portal.ts';
import type { SeedUser } from '../seed.ts';
import { type Fields, filterOf } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';

const BRIEF_FIELDS = ['ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'SECOND_NAME', 'USER_TYPE'];
const FIELDS = [...BRIEF_FIELDS, 'EMAIL'];

/**
 * `user.get` ("Get a List of Users by Filter"): no bots, no e-mail users; the dismissed with
 * `ACTIVE: false`. A filter by a field that the scope does not show is ignored. An empty page
 * has no total.
 */
export function usersGet({ portal, fields, start }: Call): Outcome {
  const given = upperKeys(fields);
  const wanted = given.get('FILTER');
  const filter = normalised(wanted instanceof Map ? upperKeys(wanted) : given);
  const found = candidates(portal, filter.get('ID'))
    .filter((user) => user.kind === 'employee')
    .map(userFields)
    .filter(filterOf(filter, shownFields(portal)));
  const order = phpRecord({ [phpString(given.get('SORT')) || 'ID']: given.get('ORDER') ?? 'ASC' });
  const { records, ...page } = pageOf(sorted(found, order, order), start);
  const result = phpList(records.map((fields) => shownFieldsOf(fields, portal)));
  return records.length === 0 ? { result } : { result, ...page };
}

/** Looks the people up by id where the filter names them: a portal may have many. */
function candidates(portal: Portal, ids: PhpValue | undefined): SeedUser[] {
  if (ids === undefined) return [...portal.users.values()];
  const wanted = new Set([...phpArrayOf(ids).values()].map(phpInt));
  return [...wanted].map((id) => portal.users.get(id)).filter((user) => user !== undefined);
}

/** @returns the person as the scopes of the webhook show it. */
export function shownUser(user: SeedUser, portal: Portal): PhpArray {
  return shownFieldsOf(userFields(user), portal);
}

function shownFieldsOf(fields: Fields, portal: Portal): PhpArray {
  const all = { ...fields, ID: String(fields.ID), ACTIVE: fields.ACTIVE === 'Y' };
  const shown = shownFields(portal);
  const entries = Object.entries(all).filter(([name]) => shown.includes(name));
  return phpRecord({ ...Object.fromEntries(entries), UF_DEPARTMENT: phpList([1]) });
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
