import { expect, test } from 'vitest';
import { exceededLimit, PAIR_LIMITS } from '../../../src/domain/pairs/pair-limits.ts';

test.each<[what: string, pairs: number, bytes: number, exceeded: ReturnType<typeof exceededLimit>]>(
  [
    ['nothing', 0, 0, undefined],
    ['a row of 100,000 pairs', 100_000, 5_000, undefined],
    ['as many as are free of the limit per byte', 1_000_000, 1, undefined],
    ['one more', 1_000_001, 1, 'per_byte'],
    ['ten for each byte', 2_000_000, 200_000, undefined],
    ['more than ten for each byte', 2_000_001, 200_000, 'per_byte'],
    ['ten million rows', 10_000_000, 160_000_000, undefined],
    ['2,000 people in each of 30 groups, for 100 departments', 6_000_000, 1_000_000, undefined],
    ['the most', 50_000_000, 1e9, undefined],
    ['more than the most', 50_000_001, 1e9, 'most'],
    ['more than the most in few bytes', 50_000_001, 1, 'most'],
  ],
)('%s', (_, pairs, bytes, exceeded) => {
  expect(exceededLimit(pairs, bytes, PAIR_LIMITS)).toBe(exceeded);
});
