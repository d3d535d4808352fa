import { type PhpArray, phpArrayOf, phpInt, phpList, phpRecord } from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import type { SeedGroup } from '../state/seed.ts';
import { type Compare, type Fields, filterOf, LITERAL } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';

/** The roles of members. */
export const MEMBER_ROLES: readonly string[] = ['A', 'E', 'K'];

/** When the groups of the sandbox were created. */
export const CREATED_AT = '2026-01-12T09:00:00+00:00';

const FILTERABLE = ['ID', 'NAME', 'OWNER_ID', 'ACTIVE', 'VISIBLE', 'OPENED', 'CLOSED', 'PROJECT'];

/** @returns the ids of the people with one of these roles. */
export function idsOfRole(group: SeedGroup, roles: readonly string[]): number[] {
  return [...group.relations].filter(([, { role }]) => roles.includes(role)).map(([id]) => id);
}

/** @returns the fields by which lists can filter and sort. */
export function groupFields(group: SeedGroup): Fields {
  return {
    ID: group.id,
    NAME: stored(group.name),
    OWNER_ID: idsOfRole(group, ['A'])[0] ?? 0,
    ACTIVE: 'Y',
    VISIBLE: group.visible ? 'Y' : 'N',
    OPENED: 'N',
    CLOSED: group.archived === true ? 'Y' : 'N',
    PROJECT: group.type === 'project' || group.type === 'scrum' ? 'Y' : 'N',
    TYPE: group.type ?? 'group',
    IS_EXTRANET: group.extranet === true ? 'Y' : 'N',
    NUMBER_OF_MEMBERS: idsOfRole(group, MEMBER_ROLES).length,
  };
}

/** Names are stored with every character outside of the basic plane as `:f09f8e89:`. */
function stored(name: string): string {
  return name.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => {
    return `:${Buffer.from(character).toString('hex')}:`;
  });
}

/** @returns a stored name as lists return it; filters compare the stored one only. */
export function givenName(name: string): string {
  return name.replace(/:([a-f0-9]{8}):/gi, (whole, hex: string) => {
    const character = Buffer.from(hex, 'hex').toString('utf8');
    return /^[\u{10000}-\u{10ffff}]$/u.test(character) ? character : whole;
  });
}

/** @returns the groups that the caller can see, or all of them, and that the filter passes. */
export function filteredGroups(
  { portal }: Call,
  filter: PhpArray,
  { prefixes, all = false }: { prefixes?: Readonly<Record<string, Compare>>; all?: boolean } = {},
): Fields[] {
  return [...portal.groups.values()]
    .filter((group) => all || group.visible)
    .map(groupFields)
    .filter(filterOf(filter, FILTERABLE, prefixes));
}

/** `sonet_group.get` ("Get a list of groups and projects"); IS_ADMIN shows hidden groups to an administrator. */
export function groupsGet(call: Call): Outcome {
  const filter = new Map(phpArrayOf(call.fields.get('FILTER')));
  if (phpInt(call.fields.get('GROUP_ID')) > 0) {
    filter.set('ID', call.fields.get('GROUP_ID') ?? null);
  }
  const all = call.portal.isAdmin && call.fields.get('IS_ADMIN') === 'Y';
  const found = filteredGroups(call, filter, { prefixes: LITERAL, all });
  const inOrder = sorted(found, call.fields.get('ORDER'), phpRecord({ ID: 'DESC' }));
  const { records, ...page } = pageOf(inOrder, call.start);
  return { result: phpList(records.map(listed)), ...page };
}

function listed(fields: Fields): PhpArray {
  return phpRecord({
    ID: String(fields.ID),
    SITE_ID: 's1',
    NAME: givenName(String(fields.NAME)),
    DESCRIPTION: null,
    DATE_CREATE: CREATED_AT,
    DATE_UPDATE: CREATED_AT,
    ACTIVE: 'Y',
    VISIBLE: String(fields.VISIBLE),
    OPENED: 'N',
    CLOSED: String(fields.CLOSED),
    SUBJECT_ID: '1',
    OWNER_ID: String(fields.OWNER_ID),
    KEYWORDS: null,
    NUMBER_OF_MEMBERS: String(fields.NUMBER_OF_MEMBERS),
    DATE_ACTIVITY: CREATED_AT,
    SUBJECT_NAME: 'Workgroups',
    PROJECT: String(fields.PROJECT),
    IS_EXTRANET: String(fields.IS_EXTRANET),
  });
}

/**
 * `sonet_group.user.get` ("Get the list of group participants"): owner, moderators and members
 * that are active; no pending users. An administrator can read every group (published module
 * `socialnetwork`).
 */
export function groupMembers({ portal, fields }: Call): Outcome {
  const id = phpInt(fields.get('ID'));
  if (id <= 0) throw new RestError(400, '', 'Wrong socialnetwork group ID');
  const group = portal.isAdmin ? portal.groups.get(id) : portal.visibleGroup(id);
  if (group === undefined) throw new RestError(400, '', 'Socialnetwork group not found');
  const members = [...group.relations].filter(
    ([userId, { role }]) => MEMBER_ROLES.includes(role) && portal.users.get(userId)?.active,
  );
  const rows = members.map(([userId, { role }]) =>
    phpRecord({ USER_ID: String(userId), ROLE: role }),
  );
  return { result: phpList(rows) };
}
