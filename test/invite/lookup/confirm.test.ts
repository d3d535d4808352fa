import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { confirmPair, type InDoubtViews } from '../../../src/invite/lookup/confirm.ts';
import type { GroupView } from '../../../src/invite/lookup/group-relations.ts';
import type { Origin } from '../../../src/invite/lookup/origins.ts';
import type { PairFinding } from '../../../src/invite/lookup/record-findings.ts';
import { type RowDetail, rowDetail } from '../../../src/messages/row-details.ts';
import type { PortalFailure } from '../../../src/portal/http/failure.ts';

const MAX_ATTEMPTS = 20;
const CALLER = 1 as UserId;
const ANN = 101 as UserId;

/** A group as it was read; after a request, it does not matter whether the caller may invite. */
const read = (members: number[], pending: number[], mayInvite?: boolean): GroupView => ({
  kind: 'read',
  group: {
    ...{ members: new Set(members), pending: new Set(pending), banned: new Set() },
    ...{ showsPending: true, mayInvite },
  },
});

const failureOf = (kind: PortalFailure['kind']): PortalFailure => ({
  kind,
  code: 'CODE',
  description: 'in its words',
});

const unread = (kind: PortalFailure['kind']): GroupView => ({
  kind: 'failed',
  failure: failureOf(kind),
});

const CONFIRMED: PairFinding = {
  kind: 'settled',
  verdict: { outcome: 'invited', reason: 'confirmed' },
};
const MEMBER: PairFinding = {
  kind: 'settled',
  verdict: { outcome: 'skipped', reason: 'already_member' },
};
const INVITED_BEFORE: PairFinding = {
  kind: 'settled',
  verdict: { outcome: 'skipped', reason: 'already_invited' },
};
const RESEND: PairFinding = { kind: 'resend' };
const wait = (kind: PortalFailure['kind']): PairFinding => ({
  kind: 'wait',
  failure: failureOf(kind),
});
const unknown = (detail: RowDetail): PairFinding => ({
  kind: 'settled',
  verdict: { outcome: 'unknown', reason: 'no_answer', details: [detail] },
});
const givenUp = (detail: RowDetail): PairFinding => ({
  kind: 'settled',
  verdict: { outcome: 'failed', reason: 'portal_error', details: [detail] },
});

const NO_SCOPE = rowDetail('no_group_scope', {});
const HTTP_502 = rowDetail('verbatim', { text: 'HTTP_502' });
const IN_ITS_WORDS = rowDetail('verbatim', { text: 'CODE: in its words' });
const NO_ANSWER = rowDetail('no_answer', {});

interface Case extends InDoubtViews {
  /** While attempts are left. */
  early: PairFinding;
  /** After the last attempt, and later. */
  late: PairFinding;
}

const ANSWERED_LATER = [
  ...(['not_sent', 'withheld', 'rate_limited', 'operating_limited'] as const),
  ...(['held', 'silent', 'abandoned'] as const),
];
const ABOUT_THIS = ['unanswered', 'refused'] as const;

const pendingBy = (origin: Origin | undefined, early: PairFinding, late = early): Case => ({
  ...{ group: read([7], [8, ANN]), origin },
  ...{ early, late },
});
const failed = (kind: PortalFailure['kind']): Origin => ({
  kind: 'failed',
  failure: failureOf(kind),
});

const CASES: [name: string, Case][] = [
  ['a member', { group: read([7, ANN], []), early: MEMBER, late: MEMBER }],
  ['a member and pending', { group: read([ANN], [ANN]), early: MEMBER, late: MEMBER }],
  ['pending since the request', pendingBy({ kind: 'request' }, CONFIRMED)],
  ['pending by another user, or from before', pendingBy({ kind: 'other' }, INVITED_BEFORE)],
  ['pending, and nothing shows since when', pendingBy({ kind: 'not_shown' }, CONFIRMED)],
  [
    'pending since a time that cannot be compared',
    pendingBy({ kind: 'unclear' }, unknown(NO_ANSWER)),
  ],
  ['pending, and the time was not read', pendingBy(undefined, CONFIRMED)],
  ...ABOUT_THIS.map((kind): [string, Case] => [
    `pending, and the read of the time was ${kind}`,
    pendingBy(failed(kind), wait(kind), unknown(IN_ITS_WORDS)),
  ]),
  ...ANSWERED_LATER.map((kind): [string, Case] => [
    `pending, and the read of the time was ${kind}`,
    pendingBy(failed(kind), wait(kind)),
  ]),
  ['neither', { group: read([7], [8]), early: RESEND, late: givenUp(HTTP_502) }],
  ['neither, in an empty group', { group: read([], []), early: RESEND, late: givenUp(HTTP_502) }],
  [
    'neither, and the caller may not invite',
    { group: read([7], [], false), early: RESEND, late: givenUp(HTTP_502) },
  ],
  [
    'of a group that is not found',
    { group: { kind: 'not_found' }, early: RESEND, late: unknown(rowDetail('group_unseen', {})) },
  ],
  [
    'of a group that the webhook may not read',
    { group: { kind: 'no_scope' }, early: unknown(NO_SCOPE), late: unknown(NO_SCOPE) },
  ],
  // A failure about this read uses up attempts …
  ...ABOUT_THIS.map((kind): [string, Case] => [
    `of a group, and its read was ${kind}`,
    { group: unread(kind), early: wait(kind), late: unknown(IN_ITS_WORDS) },
  ]),
  // … a failure of the portal as a whole decides nothing, however often it occurs.
  ...ANSWERED_LATER.map((kind): [string, Case] => [
    `of a group, and its read was ${kind}`,
    { group: unread(kind), early: wait(kind), late: wait(kind) },
  ]),
];

describe('confirmPair', () => {
  describe.each(CASES)('a person who is %s', (_, { early, late, ...views }) => {
    test.each([
      [0, early],
      [1, early],
      [MAX_ATTEMPTS - 1, early],
      [MAX_ATTEMPTS, late],
      [MAX_ATTEMPTS + 1, late],
    ])('after %i attempts', (attempts, expected) => {
      const pair = { userId: ANN, attempts, details: [HTTP_502], phase: 'sent' } as const;
      expect(confirmPair(pair, views, CALLER, MAX_ATTEMPTS)).toEqual(expected);
    });
  });

  // The portal leaves its caller out of every answer, but a resend can show that the group is missing.
  describe.each(CASES)('the caller, who is %s', (_, views) => {
    const skipped: PairFinding = {
      kind: 'settled',
      verdict: { outcome: 'skipped', reason: 'caller' },
    };
    test.each([
      [0, RESEND],
      [MAX_ATTEMPTS - 1, RESEND],
      [MAX_ATTEMPTS, skipped],
      [MAX_ATTEMPTS + 1, skipped],
    ])('after %i attempts', (attempts, expected) => {
      const pair = { userId: CALLER, attempts, details: [], phase: 'sent' } as const;
      expect(confirmPair(pair, views, CALLER, MAX_ATTEMPTS)).toEqual(expected);
    });
  });

  test.each([1, 3, MAX_ATTEMPTS])(
    'does not count attempt %i when the portal answered nothing, and sends again',
    (attempts) => {
      const pair = { userId: ANN, attempts, details: [HTTP_502], phase: 'silent' } as const;
      const findingOf = (group: GroupView) => confirmPair(pair, { group }, CALLER, attempts);
      expect(findingOf(read([], []))).toEqual(RESEND);
      expect(findingOf(unread('unanswered'))).toEqual(wait('unanswered'));
    },
  );

  test('fails with a plain text when the portal gave none', () => {
    const pair = { userId: ANN, attempts: MAX_ATTEMPTS, details: [], phase: 'sent' } as const;
    const found = confirmPair(pair, { group: read([], []) }, CALLER, MAX_ATTEMPTS);
    expect(found).toEqual(givenUp(NO_ANSWER));
  });
});
