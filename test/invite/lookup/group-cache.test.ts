import { expect, test } from 'vitest';
import { GroupCache } from '../../../src/invite/lookup/group-cache.ts';
import type { GroupReading } from '../../../src/portal/methods/groups.ts';
import { group } from '../../portal/portal-ids.ts';

const of = (people: number, from = 1): GroupReading => ({
  members: new Set(Array.from({ length: people }, (_, at) => from + at)),
  pending: new Set(),
  banned: new Set(),
  showsPending: true,
  mayInvite: true,
});

test('caches a group for a minute', () => {
  const cache = new GroupCache();
  const reading = of(3);
  cache.put(group(1), reading, 1_000);
  expect(cache.get(group(1), 1_000)).toBe(reading);
  expect(cache.get(group(1), 60_999)).toBe(reading);
  expect(cache.get(group(1), 61_000)).toBeUndefined();
  expect(cache.get(group(2), 1_000)).toBeUndefined();
});

test('returns the latest read', () => {
  const cache = new GroupCache();
  const later = of(5);
  cache.put(group(1), of(3), 0);
  cache.put(group(1), later, 1);
  expect(cache.get(group(1), 2)).toBe(later);
});

test('drops the oldest groups when there are too many people', () => {
  const cache = new GroupCache();
  for (let id = 1; id <= 60; id++) cache.put(group(id), of(10_000, id), id);
  const kept = Array.from({ length: 60 }, (_, at) => at + 1).filter((id) =>
    cache.get(group(id), 60),
  );
  expect(kept).toEqual(Array.from({ length: 49 }, (_, at) => at + 12));
});

test('does not cache a group above the limit', () => {
  const cache = new GroupCache();
  cache.put(group(1), of(500_001), 0);
  expect(cache.get(group(1), 0)).toBeUndefined();
});
