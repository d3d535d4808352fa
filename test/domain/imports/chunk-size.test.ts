import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkSize } from '../../../src/domain/imports/chunk-size.ts';

describe('chunkSize', () => {
  test.each<[pairs: number, concurrency: number, size: number]>([
    [0, 4, 20],
    [1, 4, 20],
    [480, 4, 20],
    [720, 4, 30],
    [1_200, 4, 50],
    [1_600, 4, 50],
    [3_200, 4, 100],
    [3_201, 4, 101],
    [32_000, 4, 1_000],
    [32_001, 4, 889],
    [1_000_000, 4, 1_000],
    [1_200, 1, 150],
    [40_000, 100, 50],
  ])('of %i pairs at %i requests in flight: %i', (pairs, concurrency, size) => {
    expect(chunkSize(pairs, concurrency)).toBe(size);
  });

  test('is at most 1,000, and gives all slots the same amount of work', () => {
    const pairs = fc.nat({ max: 2_000_000 });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 64 }), (count, concurrency) => {
        const size = chunkSize(count, concurrency);
        expect(size).toBeGreaterThanOrEqual(Math.min(50, Math.max(20, count / 24)));
        expect(size).toBeLessThanOrEqual(1_000);
        const rounds = Math.ceil(Math.ceil(count / size) / concurrency);
        if (size > 50 && count > 24 * 50)
          expect(rounds * concurrency * (size - 1)).toBeLessThan(count);
      }),
    );
  });
});
