import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import type { Verdict } from '../../../src/domain/pairs/outcome.ts';
import { explainLeftOut } from '../../../src/invite/lookup/diagnose.ts';
import type { GroupView, UserView } from '../../../src/invite/lookup/group-relations.ts';
import type { PairFinding } from '../../../src/invite/lookup/record-findings.ts';
import { type RowDetail, rowDetail } from '../../../src/messages/row-details.ts';
import type { PortalFailure } from '../../../src/portal/http/failure.ts';

const CALLER = 1 as UserId;
const ANN = 101 as UserId;

const read = (members: number[], pending: number[], mayInvite?: boolean): GroupView => ({
  kind: 'read',
  group: { members: new Set(members), pending: new Set(pending), mayInvite },
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
  notFound: { kind: 'not_found' },
  noScope: { kind: 'no_scope' },
  failed: { kind: 'failed', failure: GROUP_FAILURE },
} satisfies Record<string, GroupView>;

const USERS = {
  notAsked: undefined,
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
const declined: Verdict = { outcome: 'failed', reason: 'declined' };
const notExplained = (...details: RowDetail[]): Verdict => ({
  outcome: 'unknown',
  reason: 'not_explained',
  details,
});

type Row = Record<keyof typeof USERS, Verdict | PortalFailure>;

const always = (found: Verdict | PortalFailure): Row => ({
  notAsked: found,
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
    notAsked: notExplained(),
    exists: declined,
    notFound: noUser,
    noScope: notExplained(NO_USER_SCOPE),
    failed: USER_FAILURE,
  },
  strangerMayNotInvite: {
    notAsked: notAllowed,
    exists: notAllowed,
    notFound: noUser,
    noScope: notAllowed,
    failed: USER_FAILURE,
  },
  strangerWhoKnows: {
    notAsked: notExplained(),
    exists: declined,
    notFound: noUser,
    noScope: notExplained(NO_USER_SCOPE),
    failed: USER_FAILURE,
  },
  notFound: always(noGroup),
  noScope: {
    notAsked: notExplained(NO_GROUP_SCOPE),
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

const explain = (userId: UserId, attempts: number, group: Group, user: User) =>
  explainLeftOut(
    { userId, attempts },
    CALLER,
    { group: GROUPS[group], user: USERS[user] },
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

  test.each(CASES)('the caller is the caller: group $group, person $user', ({ group, user }) => {
    const skipped: Verdict = { outcome: 'skipped', reason: 'caller' };
    expect(explain(CALLER, 0, group, user)).toEqual(findingOf(skipped));
  });

  test.each([
    ...(['not_sent', 'withheld', 'rate_limited', 'operating_limited'] as const),
    ...(['held', 'silent', 'abandoned'] as const),
  ])('what is the portal’s business as a whole decides nothing, however often: %s', (kind) => {
    const failure: PortalFailure = { kind, code: 'CODE', description: '' };
    const views = { group: { kind: 'failed', failure }, user: undefined } as const;
    const pair = { userId: ANN, attempts: MAX_ATTEMPTS + 1 };
    expect(explainLeftOut(pair, CALLER, views, MAX_ATTEMPTS)).toEqual({ kind: 'wait', failure });
  });
});
