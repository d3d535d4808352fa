import { describe, expect, test } from 'vitest';
import { GroupCount, type GroupFinding, toFinding } from '../../src/check/group-finding.ts';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { PortalFailure } from '../../src/portal/http/failure.ts';

const CALLER = { id: 1 as UserId, isAdmin: false };
const GROUP = 5 as GroupId;

const SALES = { name: 'Sales', size: 3, isCollab: false, isArchived: false };

const read = (mayInvite: boolean | undefined): GroupFinding => ({
  kind: 'read',
  info: SALES,
  group: {
    ...{ members: new Set([2]), pending: new Set([3]), banned: new Set([6]) },
    ...{ showsPending: true, mayInvite },
  },
});

const NAMED: GroupFinding = { kind: 'named', info: SALES };

/** The caller; a member the portal does not list; a pending person; one without a relation; a missing one; a banned one. */
const PEOPLE: [user: number, isMissing: boolean][] = [
  [1, false],
  [2, true],
  [3, false],
  [4, false],
  [5, true],
  [6, false],
];

describe('the count of a group', () => {
  type Counts = { to: number[]; failing: number; unseen: number; members: number | null };
  test.each<[string, GroupFinding, Counts]>([
    ['that the caller may invite into', read(true), { to: [4], failing: 1, unseen: 1, members: 1 }],
    [
      'that does not show whether the caller may',
      read(undefined),
      { to: [4], failing: 1, unseen: 1, members: 1 },
    ],
    [
      'that the caller may not invite into',
      read(false),
      { to: [], failing: 3, unseen: 0, members: 1 },
    ],
    ['with only its name known', NAMED, { to: [3, 4, 6], failing: 0, unseen: 2, members: null }],
    [
      'that could not be read',
      { kind: 'unread' },
      { to: [], failing: 0, unseen: 0, members: null },
    ],
    [
      'that cannot be seen',
      { kind: 'invisible' },
      { to: [], failing: 6, unseen: 0, members: null },
    ],
  ])('%s', (_, finding, { to, failing, unseen, members }) => {
    const count = new GroupCount({ id: GROUP, pairs: PEOPLE.length }, finding, CALLER);
    const invited = PEOPLE.filter(([user, isMissing]) =>
      count.add({ groupId: GROUP, userId: user as UserId, isMissing }),
    );
    expect(invited.map(([user]) => user)).toEqual(to);
    expect(count.result()).toMatchObject({
      ...{ id: GROUP, pairs: 6, members, toInvite: to.length, failing, unseen },
      pending: members,
      banned: finding.kind === 'read' ? 1 : 0,
      visible: finding.kind === 'unread' ? null : finding.kind !== 'invisible',
    });
  });
});

const failed = (code: string, description = ''): PortalFailure => ({
  kind: 'refused',
  code,
  description,
});

describe('the answer about a group', () => {
  test.each<[string, Parameters<typeof toFinding>[0], GroupFinding['kind']]>([
    ['with its people is read', { ok: true, result: { MEMBERS: [1] } }, 'read'],
    ['without its people gives the name', { ok: true, result: { NAME: 'x' } }, 'named'],
    ['that is null gives nothing', { ok: true, result: null }, 'named'],
    ['that is missing is not read', undefined, 'unread'],
    [
      'that it does not exist makes it invisible',
      { ok: false, failure: failed('SONET_CONTROLLER_WORKGROUP_NOT_FOUND') },
      'invisible',
    ],
    [
      'that it does not exist, with an unknown code, does so too',
      { ok: false, failure: failed('100', 'Group not found') },
      'invisible',
    ],
    ['that is another refusal is not read', { ok: false, failure: failed('X') }, 'unread'],
  ])('%s', (_, result, kind) => {
    expect(toFinding(result).kind).toBe(kind);
  });
});
