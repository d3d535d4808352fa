import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../../src/domain/time/backoff.ts';

const LONGEST_MS = 300_000;
const middle = (attempt: number) => backoffMs(attempt, {}, () => 0.5);
/** Values that `Math.random` can return. */
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: 5_000 });

describe('backoffMs', () => {
  test.each([
    ...[
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
      [8, 128_000],
      [9, 256_000],
      [10, 300_000],
    ],
    ...[
      [11, 300_000],
      [20, 300_000],
      [5_000, 300_000],
    ],
  ])('after %i failures is about %i ms', (attempt, pause) => {
    expect(middle(attempt)).toBe(pause);
    expect(backoffMs(attempt, {}, () => 0)).toBe(0.75 * pause);
    expect(backoffMs(attempt, {}, () => 1 - Number.EPSILON)).toBe(1.25 * pause);
  });

  test('treats zero failures like one', () => {
    expect(middle(0)).toBe(middle(1));
  });

  test('is a whole number within a quarter of its middle, and at most a quarter above the cap', () => {
    fc.assert(
      fc.property(attempts, chance, (attempt, random) => {
        const pause = backoffMs(attempt, {}, () => random);
        expect(Number.isInteger(pause)).toBe(true);
        expect(pause).toBeGreaterThanOrEqual(0.75 * middle(attempt));
        expect(pause).toBeLessThanOrEqual(1.25 * middle(attempt));
        expect(pause).toBeLessThanOrEqual(1.25 * LONGEST_MS);
      }),
    );
  });

  test('grows with the attempts until the cap, and with the random number', () => {
    fc.assert(
      fc.property(attempts, chance, chance, (attempt, one, other) => {
        const next = backoffMs(attempt + 1, {}, () => one);
        expect(next).toBeGreaterThanOrEqual(backoffMs(attempt, {}, () => one));
        if (middle(attempt + 1) < LONGEST_MS) expect(middle(attempt + 1)).toBe(2 * middle(attempt));
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(backoffMs(attempt, {}, () => high)).toBeGreaterThanOrEqual(
          backoffMs(attempt, {}, () => low),
        );
      }),
    );
  });

  test('adds up to about an hour for twenty attempts', () => {
    const sum = (random: () => number) =>
      Array.from({ length: 20 }, (_, i) => backoffMs(i + 1, {}, random)).reduce((a, b) => a + b);
    const minutes = sum(() => 0.5) / 60_000;
    expect(minutes).toBeGreaterThan(55);
    expect(minutes).toBeLessThan(65);
    fc.assert(
      fc.property(fc.infiniteStream(chance), (chances) => {
        const some = sum(() => chances.next().value ?? 0) / 60_000;
        expect(some).toBeGreaterThan(0.75 * 55);
        expect(some).toBeLessThan(1.25 * 65);
      }),
    );
  });

  test('varies with Math.random', () => {
    const pauses = new Set(Array.from({ length: 20 }, () => backoffMs(20, {}, Math.random)));
    expect(pauses.size).toBeGreaterThan(1);
  });

  test('starts at `firstMs` and stops at `longestMs`', () => {
    const pause = (failures: number) =>
      backoffMs(failures, { firstMs: 30_000, longestMs: 3_600_000 }, () => 0.5);
    expect([1, 2, 3, 7, 8, 9, 100].map(pause)).toEqual([
      ...[30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000],
    ]);
  });
});
