import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countProgress, invitableCounts } from '../../../src/domain/imports/progress-counts.ts';
import { OUTCOMES, type Outcome } from '../../../src/domain/pairs/outcome.ts';

const counts = (given: Partial<Record<Outcome, number>>) =>
  ({
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])),
    ...given,
  }) as Record<Outcome, number>;

test('duplicates and rejected rows are no progress', () => {
  const outcomes = counts({ duplicate: 8_950, rejected: 810, pending: 3_640, invited: 257 });
  expect(countProgress(outcomes)).toEqual({
    ...{ all: 3_897, done: 257, share: 257 / 3_897, invited: 257, pending: 3_640 },
    attention: 810,
  });
  expect(invitableCounts(outcomes)).toEqual(counts({ pending: 3_640, invited: 257 }));
});

test('all is done only when nothing is pending', () => {
  expect(countProgress(counts({ invited: 999_999, pending: 1 })).share).toBe(0.99);
  expect(countProgress(counts({ cancelled: 3, failed: 1, unknown: 1 }))).toMatchObject({
    ...{ share: 1, done: 5, attention: 2 },
  });
  expect(countProgress(counts({ duplicate: 3 }))).toMatchObject({ share: 1, all: 0 });
});

test('an outcome more is never less progress', () => {
  const some = fc.record(
    Object.fromEntries(OUTCOMES.map((outcome) => [outcome, fc.nat(1_000)])),
  ) as fc.Arbitrary<Record<Outcome, number>>;
  fc.assert(
    fc.property(some, fc.constantFrom('invited', 'skipped', 'failed', 'unknown'), (before, to) => {
      fc.pre(before.pending > 0);
      const after = { ...before, pending: before.pending - 1, [to]: before[to] + 1 };
      expect(countProgress(after).share).toBeGreaterThanOrEqual(countProgress(before).share);
    }),
  );
});
