import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { Pair } from '../../src/domain/pairs/pair.ts';
import { INVITING } from '../../src/invite/operations/invite/invite-operation.ts';
import {
  matchCommand,
  type PairAnswer,
  type Place,
} from '../../src/invite/operations/match-answer.ts';
import type { CallResult } from '../../src/portal/http/batch.ts';
import type { PortalFailure } from '../../src/portal/http/failure.ts';

const pairsOf = (users: readonly number[]): Pair[] =>
  users.map((user, i) => ({
    seq: i + 1,
    groupId: 15 as GroupId,
    userId: user as UserId,
    message: null,
    attempts: i % 3,
  }));

const matchAnswer = (pairs: readonly Pair[], result: CallResult, place: Place = 'command') => {
  const command = { groupId: 15 as GroupId, message: null, userIds: pairs.map((p) => p.userId) };
  return matchCommand(INVITING, { command, pairs }, result, place);
};

const INVITED: PairAnswer = { kind: 'done' };
const LEFT_OUT: PairAnswer = { kind: 'left_out' };

const pairResultsOf = (pairs: readonly Pair[], result: unknown): PairAnswer[] => [
  ...matchAnswer(pairs, { ok: true, result }).values(),
];

describe('an answer that names people', () => {
  const id = fc.integer({ min: 1, max: 2_147_483_647 });
  const asSent = (user: number) => fc.constantFrom<unknown>(user, String(user));

  /** PHP prints the same array as a list, or as a map with meaningless keys. */
  const printed = (values: readonly unknown[]) =>
    fc.constantFrom<unknown>(
      values,
      Object.fromEntries(values.map((value, i) => [String(i + 3), value])),
      Object.fromEntries(values.map((value, i) => [`key ${i}`, value])),
    );

  const answered = fc
    .uniqueArray(fc.tuple(id, fc.constantFrom('named', 'missing', 'extra')), {
      selector: ([user]) => user,
      maxLength: 40,
    })
    .chain((people) => {
      const reported = people.filter(([, is]) => is !== 'missing').map(([user]) => user);
      return fc.record({
        users: fc.constant(people.filter(([, is]) => is !== 'extra').map(([user]) => user)),
        reported: fc.constant(new Set(reported)),
        result: fc
          .shuffledSubarray(reported, { minLength: reported.length })
          .chain((shuffled) => fc.tuple(...shuffled.map(asSent)))
          .chain(printed),
      });
    });

  test('settles exactly the pairs that it names; the others are left out', () => {
    fc.assert(
      fc.property(answered, ({ users, reported, result }) => {
        const pairs = pairsOf(users);
        const pairResults = matchAnswer(pairs, { ok: true, result });
        expect([...pairResults.keys()]).toEqual(pairs);
        for (const [{ userId }, pairResult] of pairResults) {
          expect(pairResult).toEqual(reported.has(userId) ? INVITED : LEFT_OUT);
        }
      }),
    );
  });

  test.each<[what: string, result: unknown, pairResults: PairAnswer[]]>([
    ['numbers', [101, 103], [INVITED, LEFT_OUT, INVITED]],
    ['strings', ['101', '103'], [INVITED, LEFT_OUT, INVITED]],
    ['a map', { 1: '101', 7: 103 }, [INVITED, LEFT_OUT, INVITED]],
    ['no one, as a list', [], [LEFT_OUT, LEFT_OUT, LEFT_OUT]],
    ['no one, as a map', {}, [LEFT_OUT, LEFT_OUT, LEFT_OUT]],
    ['an unknown person', [999], [LEFT_OUT, LEFT_OUT, LEFT_OUT]],
    ['a person twice', [102, '102'], [LEFT_OUT, INVITED, LEFT_OUT]],
    ['people by keys that are ids', { 101: 102 }, [LEFT_OUT, INVITED, LEFT_OUT]],
  ])('can name %s', (_, result, pairResults) => {
    expect(pairResultsOf(pairsOf([101, 102, 103]), result)).toEqual(pairResults);
  });
});

describe('an answer that is no list of ids', () => {
  const inDoubt = expect.objectContaining({
    kind: 'in_doubt',
    failure: expect.objectContaining({ kind: 'unanswered', code: 'UNREADABLE' }),
  });

  test.each([
    ...[null, undefined, true, false, 0, 101, '', '101', '[101]'],
    ...[['Ann'], [101, 'Ann'], [101.5], [{ ID: 101 }], [[101, 102]], [undefined]],
    ...[{ error: 'x' }, { 0: 101, total: 'one' }, [Number.NaN], [Number.POSITIVE_INFINITY]],
  ])('leaves all pairs in doubt: %j', (result) => {
    expect(pairResultsOf(pairsOf([101, 102]), result)).toEqual([inDoubt, inDoubt]);
  });

  test.each([[[true]], [[null]], [['']], [[[1]]], [[' 1 ']], [['0x1']], [['1e0']]])(
    'leaves all pairs in doubt: %j',
    (result) => {
      expect(pairResultsOf(pairsOf([1, 2]), result)).toEqual([inDoubt, inDoubt]);
    },
  );
});

describe('a failure', () => {
  const reported = { code: 'CODE', description: 'in the portal’s words' };
  const failed = (failure: PortalFailure): PairAnswer => ({ kind: 'failed', failure });
  const noGroup: PairAnswer = { kind: 'no_group' };
  const refused = (code: string, description: string): PortalFailure => ({
    kind: 'refused',
    code,
    description,
  });

  const CASES: [failure: PortalFailure, pairResult: PairAnswer][] = [
    [{ kind: 'not_sent', ...reported }, { kind: 'returned' }],
    [{ kind: 'rate_limited', ...reported }, { kind: 'returned' }],
    [{ kind: 'operating_limited', ...reported }, { kind: 'returned' }],
    [{ kind: 'held', ...reported }, { kind: 'returned' }],
    [
      { kind: 'unanswered', ...reported },
      { kind: 'in_doubt', failure: { kind: 'unanswered', ...reported } },
    ],
    [refused('CODE', 'no'), failed(refused('CODE', 'no'))],
    [refused('', 'Wrong group ID'), failed(refused('', 'Wrong group ID'))],
    [refused('', ''), failed(refused('', ''))],
    [refused('', 'Socialnetwork group not found'), noGroup],
    [refused('', 'Socialnetwork group not found.'), noGroup],
    [refused('SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'Workgroup not found.'), noGroup],
    [
      refused('CODE', 'Socialnetwork group not found'),
      failed(refused('CODE', 'Socialnetwork group not found')),
    ],
    [
      { kind: 'unanswered', code: '', description: 'Socialnetwork group not found' },
      {
        kind: 'in_doubt',
        failure: { kind: 'unanswered', code: '', description: 'Socialnetwork group not found' },
      },
    ],
  ];

  test.each(CASES)('%o → %o, for every pair', (failure, pairResult) => {
    const pairs = pairsOf([101, 102, 103]);
    const pairResults = matchAnswer(pairs, { ok: false, failure });
    expect([...pairResults]).toEqual(pairs.map((pair) => [pair, pairResult]));
  });
});

test('a command without pairs has no results', () => {
  expect(matchAnswer([], { ok: true, result: [101] }).size).toBe(0);
});
