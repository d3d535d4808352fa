import { expect, test } from 'vitest';
import { describePortal, portalLines } from '../../../src/commands/run/describe-portal.ts';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { type LimitsInUse, limitsWithoutPlan } from '../../../src/portal/budget/budget-limits.ts';
import { CANCEL_INVITE, USER_TO_GROUP_LIST } from '../../../src/portal/methods/user-to-group.ts';
import { type PortalProfile, unknownProfile } from '../../../src/portal/profile/portal-profile.ts';

const UNKNOWN = unknownProfile(7 as UserId);
const DEFAULTS = limitsWithoutPlan({ operatingWindowSeconds: 600, concurrency: 4 });
const ANNA: PortalProfile = {
  ...{ callerId: 7 as UserId, callerName: 'Anna Petrova', isAdmin: true },
  scopes: new Set(['sonet_group', 'task', 'user_basic']),
  ...{ plan: 'enterprise', license: 'com_ent250', clockOffsetSeconds: 0 },
  methods: { [USER_TO_GROUP_LIST]: true, [CANCEL_INVITE]: false },
};
const ENTERPRISE: LimitsInUse = {
  ...{ ...DEFAULTS, requestsPerSecond: 5, burst: 250 },
  sources: { requestsPerSecond: 'plan', burst: 'plan', operatingLimitSeconds: 'plan' },
};
const UNLIMITED: LimitsInUse = {
  ...ENTERPRISE,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  burst: Number.POSITIVE_INFINITY,
  operatingLimitSeconds: Number.POSITIVE_INFINITY,
};
const set = (limits: LimitsInUse, source: 'setting' | 'answers'): LimitsInUse => ({
  ...limits,
  sources: { ...limits.sources, burst: source },
});

test.each<[PortalProfile, LimitsInUse, string]>([
  [
    ANNA,
    ENTERPRISE,
    'Anna Petrova (user 7), administrator · Enterprise plan (com_ent250) · 5 requests per second, bursts of 250 (by the plan) · scopes sonet_group, user_basic; missing: socialnetwork',
  ],
  [
    { ...ANNA, isAdmin: false, plan: 'box', license: 'ru_selfhosted', scopes: new Set(['im']) },
    UNLIMITED,
    'Anna Petrova (user 7), not an administrator · self-hosted (ru_selfhosted) · no request limit · scopes none; missing: sonet_group, socialnetwork, user',
  ],
  [
    UNKNOWN,
    DEFAULTS,
    'user 7, perhaps an administrator · plan unknown · 2 requests per second, bursts of 50 (usual in the cloud) · scopes unknown',
  ],
])('a portal of %j is described in one line', (profile, limits, line) => {
  expect(describePortal('p.example', { profile, limits })).toBe(`Portal p.example · ${line}`);
});

test('a report shows the source of each limit, and the undocumented methods', () => {
  expect(portalLines({ profile: ANNA, limits: ENTERPRISE }).slice(2)).toEqual([
    'Limits: 5 requests per second, bursts of 250 (by the plan); 480 of 600 seconds of server time (by the plan)',
    'Scopes: sonet_group, user_basic; missing: socialnetwork',
    `Method ${USER_TO_GROUP_LIST}: available`,
    `Method ${CANCEL_INVITE}: not available`,
  ]);
  const limitsOf = (limits: LimitsInUse) => portalLines({ profile: UNKNOWN, limits })[2];
  expect(limitsOf(UNLIMITED)).toBe('Limits: no request limit; no limit of server time');
  expect(limitsOf(set({ ...UNLIMITED, burst: 5 }, 'setting'))).toContain('bursts of 5 (as set)');
  expect(limitsOf(set(ENTERPRISE, 'answers'))).toContain('(as the portal’s answers show)');
  expect(limitsOf(set(ENTERPRISE, 'setting'))).toContain(
    'Limits: 5 requests per second (by the plan), bursts of 250 (as set);',
  );
});
