import { expect, test } from 'vitest';
import type { OrderMeans } from '../../../src/domain/imports/order.ts';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import type { GroupView } from '../../../src/invite/lookup/group-relations.ts';
import type { Origin } from '../../../src/invite/operations/ordered-operation.ts';
import { WITHDRAWAL } from '../../../src/invite/operations/withdraw/withdrawal.ts';
import type { InvitedPair } from '../../../src/ledger/orders/order-pairs.ts';
import type { PortalFailure } from '../../../src/portal/http/failure.ts';
import { UNREADABLE } from '../../../src/portal/http/failure.ts';
import { unknownProfile } from '../../../src/portal/profile/portal-profile.ts';

const USER = 7 as UserId;
const failure: PortalFailure = UNREADABLE;
const group = (relation: 'member' | 'pending' | 'none', showsPending = true): GroupView => ({
  kind: 'read',
  group: {
    members: new Set(relation === 'member' ? [USER] : []),
    pending: new Set(relation === 'pending' ? [USER] : []),
    banned: new Set(),
    showsPending,
    mayInvite: true,
  },
});
const CANCEL: OrderMeans = { method: 'cancel', isAllowed: true, showsOrigin: true };
const OURS: Origin = { kind: 'ours' };
const OTHER: Origin = { kind: 'other' };
const NOT_SHOWN: Origin = { kind: 'not_shown' };

test.each<[group: GroupView, origin: Origin | undefined, isReturned: boolean, found: string]>([
  [group('pending'), OURS, true, 'send'],
  [group('pending'), OURS, false, 'send'],
  [group('pending'), OTHER, true, 'kept/not_ours'],
  [group('pending'), NOT_SHOWN, true, 'send'],
  [group('pending'), NOT_SHOWN, false, 'kept/not_proved'],
  [group('pending'), { kind: 'failed', failure }, true, 'wait'],
  [group('member'), undefined, true, 'kept/joined'],
  [group('none'), undefined, true, 'kept/gone'],
  [group('none', false), undefined, true, 'refused/not_read'],
  [{ kind: 'not_found' }, undefined, true, 'refused/group_unseen'],
  [{ kind: 'no_scope' }, undefined, true, 'refused/no_scope'],
  [{ kind: 'failed', failure }, undefined, true, 'wait'],
])(
  'before a withdrawal, %j with %j (named in the answer: %j) means %s',
  (view, origin, isReturned, found) => {
    const pair = { userId: USER, isReturned } as InvitedPair;
    expect(shown(WITHDRAWAL.judge(pair, { group: view, origin }, CANCEL))).toBe(found);
    const forbidden = { ...CANCEL, isAllowed: false };
    const without = found === 'send' ? 'refused/no_right' : found;
    expect(shown(WITHDRAWAL.judge(pair, { group: view, origin }, forbidden))).toBe(without);
  },
);

test.each<[group: GroupView, found: string]>([
  [group('pending'), 'send'],
  [group('member'), 'kept/joined'],
  [group('none'), 'done/confirmed'],
  [group('none', false), 'unknown/no_answer'],
  [{ kind: 'not_found' }, 'unknown/no_answer'],
  [{ kind: 'no_scope' }, 'unknown/no_answer'],
  [{ kind: 'failed', failure }, 'wait'],
])('after a withdrawal without an answer, %j means %s', (view, found) => {
  const conclude = WITHDRAWAL.conclude ?? expect.unreachable();
  expect(shown(conclude(view, USER))).toBe(found);
});

test('a portal without the method needs an administrator', () => {
  const profile = unknownProfile(1 as UserId);
  const [LIST, CANCEL_INVITE] = Object.keys(profile.methods) as (keyof typeof profile.methods)[];
  const means = (cancel: boolean, isAdmin: boolean) =>
    WITHDRAWAL.meansOf({
      ...profile,
      isAdmin,
      methods: {
        ...profile.methods,
        ...(LIST && { [LIST]: true }),
        ...(CANCEL_INVITE && { [CANCEL_INVITE]: cancel }),
      },
    });
  expect(means(true, false)).toEqual(CANCEL);
  expect(means(false, true)).toEqual({ method: 'delete', isAllowed: true, showsOrigin: true });
  expect(means(false, false)).toMatchObject({ isAllowed: false });
});

const shown = (found: ReturnType<typeof WITHDRAWAL.judge>): string =>
  found.kind === 'settled' ? `${found.verdict.result}/${found.verdict.reason}` : found.kind;
