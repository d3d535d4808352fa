import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import type { Verdict } from '../../../src/domain/pairs/outcome.ts';
import { explainLeftOut, type LeftOutViews } from '../../../src/invite/lookup/diagnose.ts';
import type { GroupView, UserView } from '../../../src/invite/lookup/group-relations.ts';
import type { PairFinding } from '../../../src/invite/lookup/record-findings.ts';
import { type RowDetail, rowDetail } from '../../../src/messages/row-details.ts';
import type { PortalFailure } from '../../../src/portal/http/failure.ts';

const CALLER = 1 as UserId;
const ANN = 101 as UserId;

const read = (
  members: number[],
  pending: number[],
  mayInvite?: boolean,
  banned: number[] = [],
): Extract<GroupView, { kind: 'read' }> => ({
  kind: 'read',
  group: {
    members: new Set(members),
    pending: new Set(pending),
    banned: new Set(banned),
    showsPending: true,
    mayInvite,
  },
});

const GROUP_FAILURE: PortalFailure = { kind: 'unanswered', code: 'GROUP', description: '' };
const USER_FAILURE: PortalFailure = { kind: 'unanswered', code: 'USER', description: '' };

const GROUPS = {
  member: read([7, ANN], []),
  pending: read([7], [ANN]),
  memberAndPending: read([ANN], [ANN]),
  memberMayNotInvite: read([ANN], [], false),
  pendingMayNotInvite: read([], [ANN], false),
  stranger: read([7], [8], true),
  strangerMayNotInvite: read([7], [8], false),
  strangerWhoKnows: read([7], [8]),
  banned: read([7], [8], true, [ANN]),
  memberAndBanned: read([ANN], [], true, [ANN]),
  notFound: { kind: 'not_found' },
  noScope: { kind: 'no_scope' },
  failed: { kind: 'failed', failure: GROUP_FAILURE },
} satisfies Record<string, GroupView>;

const USERS = {
  notRead: undefined,
  exists: { kind: 'exists' },
  notFound: { kind: 'not_found' },
  noScope: { kind: 'no_scope' },
  failed: { kind: 'failed', failure: USER_FAILURE },
} satisfies Record<string, UserView | undefined>;

const NO_GROUP_SCOPE = rowDetail('no_group_scope', {});
const NO_USER_SCOPE = rowDetail('no_user_scope', {});

const member: Verdict = { outcome: 'skipped', reason: 'already_member' };
const invited: Verdict = { outcome: 'skipped', reason: 'already_invited' };
const noUser: Verdict = { outcome: 'failed', reason: 'user_not_found' };
const noGroup: Verdict = { outcome: 'failed', reason: 'group_not_found' };
const notAllowed: Verdict = { outcome: 'failed', reason: 'not_allowed' };
const banned: Verdict = { outcome: 'failed', reason: 'banned' };
const declined: Verdict = { outcome: 'failed', reason: 'declined' };
const declinedInDoubt: Verdict = { ...declined, details: [rowDetail('may_invite_not_known', {})] };
const notExplained = (...details: RowDetail[]): Verdict => ({
  outcome: 'unknown',
  reason: 'not_explained',
  details,
});

type Row = Record<keyof typeof USERS, Verdict | PortalFailure>;

const always = (found: Verdict | PortalFailure): Row => ({
  notRead: found,
  exists: found,
  notFound: found,
  noScope: found,
  failed: found,
});

const TABLE: Record<keyof typeof GROUPS, Row> = {
  member: always(member),
  pending: always(invited),
  memberAndPending: always(member),
  memberMayNotInvite: always(member),
  pendingMayNotInvite: always(invited),
  stranger: {
    notRead: notExplained(),
    exists: declined,
    notFound: noUser,
    noScope: notExplained(NO_USER_SCOPE),
    failed: USER_FAILURE,
  },
  strangerMayNotInvite: {
    notRead: notAllowed,
    exists: notAllowed,
    notFound: noUser,
    noScope: notAllowed,
    failed: USER_FAILURE,
  },
  strangerWhoKnows: {
    notRead: notExplained(),
    exists: declinedInDoubt,
    notFound: noUser,
    noScope: notExplained(NO_USER_SCOPE),
    failed: USER_FAILURE,
  },
  banned: always(banned),
  memberAndBanned: always(member),
  notFound: always(noGroup),
  noScope: {
    notRead: notExplained(NO_GROUP_SCOPE),
    exists: notExplained(NO_GROUP_SCOPE),
    notFound: noUser,
    noScope: notExplained(NO_GROUP_SCOPE, NO_USER_SCOPE),
    failed: USER_FAILURE,
  },
  failed: always(GROUP_FAILURE),
};

type Group = keyof typeof GROUPS;
type User = keyof typeof USERS;

const namesOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
const CASES = namesOf(GROUPS).flatMap((group) =>
  namesOf(USERS).map((user) => ({ group, user, found: TABLE[group][user] })),
);

const MAX_ATTEMPTS = 5;

const findingOf = (found: Verdict | PortalFailure): PairFinding =>
  'outcome' in found ? { kind: 'settled', verdict: found } : { kind: 'wait', failure: found };

const NO_ADMIN = { isAdmin: false, hasInvited: false };

const explain = (userId: UserId, attempts: number, group: Group, user: User) =>
  explainLeftOut(
    { userId, attempts },
    CALLER,
    { group: GROUPS[group], user: USERS[user], right: NO_ADMIN },
    MAX_ATTEMPTS,
  );

describe('explainLeftOut', () => {
  test.each(CASES)('group $group, person $user → $found', ({ group, user, found }) => {
    expect(explain(ANN, MAX_ATTEMPTS - 1, group, user)).toEqual(findingOf(found));
  });

  test.each(CASES)('after the last attempt: group $group, person $user', (row) => {
    const { group, user, found } = row;
    const last =
      'outcome' in found ? found : notExplained(rowDetail('verbatim', { text: found.code }));
    expect(explain(ANN, MAX_ATTEMPTS, group, user)).toEqual(findingOf(last));
  });

  test.each(CASES)('skips the caller: group $group, person $user', ({ group, user }) => {
    const skipped: Verdict = { outcome: 'skipped', reason: 'caller' };
    expect(explain(CALLER, 0, group, user)).toEqual(findingOf(skipped));
  });

  test.each<[string, LeftOutViews['right'], Verdict]>([
    ['an administrator', { isAdmin: true, hasInvited: false }, declined],
    ['a caller who has invited someone there', { isAdmin: false, hasInvited: true }, declined],
    [
      'a caller who may be an administrator',
      { isAdmin: undefined, hasInvited: false },
      declinedInDoubt,
    ],
    ['anyone else', NO_ADMIN, notAllowed],
  ])('a group that does not let its caller invite: %s', (_, right, verdict) => {
    const views = { group: GROUPS.strangerMayNotInvite, user: USERS.exists, right };
    const pair = { userId: ANN, attempts: 1 };
    expect(explainLeftOut(pair, CALLER, views, MAX_ATTEMPTS)).toEqual(findingOf(verdict));
  });

  test.each<[string, LeftOutViews['right'], Verdict]>([
    ['an administrator', { isAdmin: true, hasInvited: false }, declined],
    ['a caller who has invited someone there', { isAdmin: false, hasInvited: true }, declined],
    ['anyone else', NO_ADMIN, declinedInDoubt],
  ])('a group that does not say whether its caller may invite: %s', (_, right, verdict) => {
    const views = { group: GROUPS.strangerWhoKnows, user: USERS.exists, right };
    const pair = { userId: ANN, attempts: 1 };
    expect(explainLeftOut(pair, CALLER, views, MAX_ATTEMPTS)).toEqual(findingOf(verdict));
  });

  test.each([
    ...(['not_sent', 'withheld', 'rate_limited', 'operating_limited'] as const),
    ...(['held', 'silent', 'abandoned'] as const),
  ])('a failure of the portal as a whole decides nothing, however often it occurs: %s', (kind) => {
    const failure: PortalFailure = { kind, code: 'CODE', description: '' };
    const views = { group: { kind: 'failed', failure }, user: undefined, right: NO_ADMIN } as const;
    const pair = { userId: ANN, attempts: MAX_ATTEMPTS + 1 };
    expect(explainLeftOut(pair, CALLER, views, MAX_ATTEMPTS)).toEqual({ kind: 'wait', failure });
  });

  test('a person who may be pending is not called declined where the portal does not show who is', () => {
    const right = { isAdmin: true, hasInvited: false };
    const group = { ...GROUPS.stranger.group, showsPending: false };
    const views = { group: { kind: 'read', group }, user: USERS.exists, right } as const;
    const verdict: Verdict = {
      outcome: 'unknown',
      reason: 'not_explained',
      details: [rowDetail('pending_not_shown', {})],
    };
    const explained = explainLeftOut({ userId: ANN, attempts: 1 }, CALLER, views, MAX_ATTEMPTS);
    expect(explained).toEqual({ kind: 'settled', verdict });
  });

  test('whether the caller may invite is not decided before the portal has said who the caller is', () => {
    const failure: PortalFailure = { kind: 'silent', code: 'ETIMEDOUT', description: '' };
    const right = { isAdmin: undefined, hasInvited: false };
    const views = { user: USERS.exists, right, profileFailure: failure };
    const pair = { userId: ANN, attempts: 1 };
    const explained = (group: Group) =>
      explainLeftOut(pair, CALLER, { ...views, group: GROUPS[group] }, MAX_ATTEMPTS);
    expect(explained('strangerMayNotInvite')).toEqual({ kind: 'wait', failure });
  });
});
