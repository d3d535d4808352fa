import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { Pair } from '../../src/domain/pairs/pair.ts';
import { type PackedRequest, pack } from '../../src/invite/pack.ts';

/** Pairs that differ only in the user. */
interface Block {
  group: number;
  users: number;
  message: string | null;
  attempts: number;
}

/** No pair is in two blocks, whatever the blocks have in common. */
function pairsOf(blocks: readonly Block[]): Pair[] {
  let seq = 0;
  return blocks.flatMap(({ group, users, message, attempts }) =>
    Array.from({ length: users }, () => {
      seq++;
      return { seq, groupId: group as GroupId, userId: seq as UserId, message, attempts };
    }),
  );
}

const PLAIN = { message: null, attempts: 0 };
const DIRECT = 'Welcome to $result[team]';

const blockWith = (messages: (string | null)[], attempts: number) =>
  fc.record<Block>({
    group: fc.integer({ min: 1, max: 5 }),
    users: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1_300 })),
    message: fc.constantFrom(...messages),
    attempts: fc.nat({ max: attempts }),
  });

/** Few large groups, many small ones, and everything between. */
const pairsWith = (messages: (string | null)[], attempts: number) =>
  fc
    .tuple(
      fc.array(blockWith(messages, attempts), { maxLength: 6 }),
      fc.nat({ max: 120 }).map((groups) => Array.from({ length: groups }, (_, i) => 100 + i)),
    )
    .chain(([blocks, groups]) => {
      const small = groups.map((group) => ({ ...PLAIN, group, users: 1 }));
      return fc.shuffledSubarray(pairsOf([...blocks, ...small]), { minLength: 0 });
    });

const anyPairs = pairsWith([null, '', 'Hello', 'Zebra', DIRECT], 4);
const anyMaxPairs = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2_000 }));

const holds = (check: (requests: PackedRequest[], pairs: Pair[], maxPairs: number) => void) =>
  fc.assert(
    fc.property(anyPairs, anyMaxPairs, (pairs, maxPairs) => {
      check(pack(pairs, maxPairs), pairs, maxPairs);
    }),
  );

const pairsIn = (request: PackedRequest): Pair[] => request.flatMap(({ pairs }) => pairs);
const attemptsOf = (request: PackedRequest) => [
  ...new Set(pairsIn(request).map(({ attempts }) => attempts)),
];
const bySeq = (a: Pair, b: Pair) => a.seq - b.seq;

describe('pack', () => {
  test('loses no pair and sends none twice', () => {
    holds((requests, pairs) => {
      expect(requests.flatMap(pairsIn).toSorted(bySeq)).toEqual(pairs.toSorted(bySeq));
    });
  });

  test('gives each command one group, one message and at most 500 users, those of its pairs', () => {
    holds((requests) => {
      for (const { command, pairs } of requests.flat()) {
        const { groupId, message } = command;
        expect(pairs.every((pair) => pair.groupId === groupId)).toBe(true);
        expect(pairs.every((pair) => pair.message === message)).toBe(true);
        expect(command.userIds).toEqual(pairs.map(({ userId }) => userId));
        expect(pairs.length).toBeGreaterThanOrEqual(1);
        expect(pairs.length).toBeLessThanOrEqual(500);
      }
    });
  });

  test('gives each request at most 50 commands and at most `maxPairs` pairs', () => {
    holds((requests, _, maxPairs) => {
      for (const request of requests) {
        expect(request.length).toBeGreaterThanOrEqual(1);
        expect(request.length).toBeLessThanOrEqual(50);
        expect(pairsIn(request).length).toBeLessThanOrEqual(maxPairs);
      }
    });
  });

  test('sends a message that a batch would garble in a request with no other command', () => {
    holds((requests) => {
      for (const request of requests) {
        if (request.some(({ command }) => command.message?.includes('$result['))) {
          expect(request).toHaveLength(1);
        }
      }
    });
  });

  test('sends pairs that failed before after new ones, and in smaller requests', () => {
    holds((requests, _, maxPairs) => {
      let before = 0;
      for (const request of requests) {
        const [attempts = 0, ...others] = attemptsOf(request);
        expect(others).toEqual([]);
        expect(attempts).toBeGreaterThanOrEqual(before);
        const most = Math.max(1, Math.floor(maxPairs / 2 ** attempts));
        expect(pairsIn(request).length).toBeLessThanOrEqual(most);
        before = attempts;
      }
    });
  });

  test('closes no request that has space for the next command', () => {
    holds((all, _, maxPairs) => {
      const batched = all.filter((request) => request[0]?.command.message !== DIRECT);
      const levels = Map.groupBy(batched, (request) => attemptsOf(request)[0] ?? 0);
      for (const [attempts, requests] of levels) {
        const most = Math.max(1, Math.floor(maxPairs / 2 ** attempts));
        for (const request of requests.slice(0, -1)) {
          expect(request.length === 50 || pairsIn(request).length === most).toBe(true);
        }
      }
    });
  });

  test('splits no group over more commands than necessary', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (users) => {
        const commands = pack(pairsOf([{ ...PLAIN, group: 1, users }]), 25_000).flat();
        expect(commands).toHaveLength(Math.ceil(users / 500));
      }),
    );
  });

  test('needs ⌈n/50⌉ requests for n groups of one user', () => {
    const groups = fc.nat({ max: 400 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 50, max: 2_000 }), (count, maxPairs) => {
        const blocks = Array.from({ length: count }, (_, i) => ({
          ...PLAIN,
          group: count - i,
          users: 1,
        }));
        expect(pack(pairsOf(blocks), maxPairs)).toHaveLength(Math.ceil(count / 50));
      }),
    );
  });

  test('needs ⌈n/m⌉ requests for one group of n users at m pairs a request', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), anyMaxPairs, (users, maxPairs) => {
        const pairs = pairsOf([{ ...PLAIN, group: 1, users }]);
        expect(pack(pairs, maxPairs)).toHaveLength(Math.ceil(users / maxPairs));
      }),
    );
  });

  test('halves the size of requests with each attempt, down to one pair', () => {
    const sizes = (attempts: number) =>
      pack(pairsOf([{ ...PLAIN, group: 1, users: 20, attempts }]), 20).map(
        (request) => pairsIn(request).length,
      );
    expect(sizes(0)).toEqual([20]);
    expect(sizes(1)).toEqual([10, 10]);
    expect(sizes(2)).toEqual([5, 5, 5, 5]);
    expect(sizes(3)).toEqual(Array(10).fill(2));
    expect(sizes(4)).toEqual(Array(20).fill(1));
    expect(sizes(19)).toEqual(Array(20).fill(1));
  });

  test('keeps no message and an empty one apart', () => {
    const pairs = pairsOf([
      { ...PLAIN, group: 1, users: 1 },
      { ...PLAIN, group: 1, users: 1, message: '' },
    ]);
    expect(pack(pairs, 50).map((request) => request.map(({ command }) => command.message))).toEqual(
      [[null, '']],
    );
  });

  test('packs the same pairs the same way, whatever their order', () => {
    const shuffled = anyPairs.chain((pairs) =>
      fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
    );
    fc.assert(
      fc.property(shuffled, anyMaxPairs, ([pairs, again], maxPairs) => {
        expect(pack(again, maxPairs)).toEqual(pack(pairs, maxPairs));
      }),
      { numRuns: 30 },
    );
  });

  test('does not change its input', () => {
    const pairs = pairsOf([{ ...PLAIN, group: 2, users: 2 }]).toReversed();
    const before = structuredClone(pairs);
    pack(pairs, 1);
    expect(pairs).toEqual(before);
  });

  test('splits no batch for a message that needs a direct call', () => {
    const pairs = pairsOf([
      { ...PLAIN, group: 1, users: 1, message: 'Hello' },
      { ...PLAIN, group: 1, users: 1, message: DIRECT },
      { ...PLAIN, group: 1, users: 1, message: 'Zebra' },
    ]);
    expect(pack(pairs, 50)).toHaveLength(2);
  });
});
