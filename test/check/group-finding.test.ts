import { describe, expect, test } from 'vitest';
import { GroupCount, type GroupFinding, toFinding } from '../../src/check/group-finding.ts';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { PortalFailure } from '../../src/portal/http/failure.ts';

const CALLER = 1 as UserId;
const GROUP = 5 as GroupId;

const read = (mayInvite: boolean | undefined): GroupFinding => ({
  kind: 'read',
  info: { name: 'Sales', size: 3 },
  group: { members: new Set([2]), pending: new Set([3]), mayInvite },
});

const NAMED: GroupFinding = { kind: 'named', info: { name: 'Sales', size: 3 } };

/** The caller; a member the portal does not list; a pending person; one without a relation; a missing one. */
const PEOPLE: [user: number, isMissing: boolean][] = [
  [1, false],
  [2, true],
  [3, false],
  [4, false],
  [5, true],
];

describe('the count of a group', () => {
  test.each<[string, GroupFinding, { to: number[]; failing: number; members: number | null }]>([
    ['that the caller may invite into', read(true), { to: [4], failing: 1, members: 1 }],
    [
      'that does not show whether the caller may',
      read(undefined),
      { to: [4], failing: 1, members: 1 },
    ],
    ['that the caller may not invite into', read(false), { to: [], failing: 2, members: 1 }],
    ['with only its name known', NAMED, { to: [3, 4], failing: 2, members: null }],
    ['that could not be read', { kind: 'unread' }, { to: [], failing: 0, members: null }],
    ['that cannot be seen', { kind: 'invisible' }, { to: [], failing: 4, members: null }],
  ])('%s', (_, finding, { to, failing, members }) => {
    const count = new GroupCount({ id: GROUP, pairs: PEOPLE.length }, finding, CALLER);
    const invited = PEOPLE.filter(([user, isMissing]) =>
      count.add({ groupId: GROUP, userId: user as UserId, isMissing }),
    );
    expect(invited.map(([user]) => user)).toEqual(to);
    expect(count.result()).toMatchObject({
      ...{ id: GROUP, pairs: 5, members, toInvite: to.length, failing },
      pending: members,
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
