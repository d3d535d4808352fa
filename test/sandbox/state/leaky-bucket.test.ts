import { expect, test } from 'vitest';
import { LeakyBucket } from '../../../src/sandbox/state/leaky-bucket.ts';

const taken = (bucket: LeakyBucket, now: number, times: number): number =>
  Array.from({ length: times }, () => bucket.take(now)).filter(Boolean).length;

test('accepts a burst, then as many requests as leak out', () => {
  const bucket = new LeakyBucket({ burst: 50, requestsPerSecond: 2 });
  expect(taken(bucket, 100, 60)).toBe(50);
  expect(taken(bucket, 100.4, 1)).toBe(0);
  expect(taken(bucket, 100.5, 3)).toBe(1);
  expect(taken(bucket, 110.5, 100)).toBe(20);
  expect(taken(bucket, 1000, 100)).toBe(50);
});

test('never refuses requests at its rate', () => {
  const bucket = new LeakyBucket({ burst: 1, requestsPerSecond: 2 });
  const answers = Array.from({ length: 100 }, (_, step) => bucket.take(step / 2));
  expect(answers).not.toContain(false);
});

test('has no limit when none is set, and applies a changed limit', () => {
  const size = { burst: 1, requestsPerSecond: Number.POSITIVE_INFINITY };
  const bucket = new LeakyBucket(size);
  expect(taken(bucket, 0, 1000)).toBe(1000);
  size.requestsPerSecond = 1;
  expect(taken(bucket, 0, 1000)).toBe(1);
});
