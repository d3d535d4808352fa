import { expect, test } from 'vitest';
import type { Limit } from '../../src/domain/time/makespan.ts';
import { fewestRequests, type Load, makespanBound } from './makespan-bound.ts';

const groups = (count: number, size: number): number[] => Array(count).fill(size);

const load = (given: Partial<Load>): Load => ({
  groupSizes: [1],
  inviteSeconds: 0.1,
  concurrency: 4,
  burst: 50,
  requestsPerSecond: 2,
  otherPerSecond: 0,
  latencySeconds: 0,
  requestLimitSeconds: 60,
  slowdownPerConcurrent: 0,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  operatingFloorSeconds: 0,
  billing: 'inner',
  ...given,
});

test.each<[string, Partial<Load>, number]>([
  ['nothing', { groupSizes: [] }, 0],
  ['one group a command', { groupSizes: groups(101, 1), inviteSeconds: 0 }, 3],
  ['500 users a command', { groupSizes: [501], inviteSeconds: 0 }, 1],
  ['25 groups of 1,000 fill a request', { groupSizes: groups(26, 1_000), inviteSeconds: 0 }, 2],
  ['60 seconds a request', { groupSizes: [500, 101], inviteSeconds: 0.1 }, 2],
  ['exactly 60 seconds', { groupSizes: [600], inviteSeconds: 0.1 }, 1],
  ['commands of 60 seconds', { groupSizes: groups(2, 70), inviteSeconds: 1 }, 3],
])('fewest requests: %s', (_, given, expected) => {
  expect(fewestRequests(load(given))).toBe(expected);
});

test.each<[string, Partial<Load>, Limit, number]>([
  ['a single pair takes its own time', {}, 'requests', 0.1],
  ['a single pair takes its round trip too', { latencySeconds: 0.3 }, 'requests', 0.4],
  ['the burst costs nothing', { groupSizes: groups(2_500, 1), inviteSeconds: 0 }, 'requests', 0],
  [
    'after the burst the rate binds',
    { groupSizes: groups(3_000, 1), inviteSeconds: 0.001 },
    'requests',
    10 / 2 + 0.001,
  ],
  [
    'a second client uses part of the rate',
    { groupSizes: groups(3_000, 1), inviteSeconds: 0.001, otherPerSecond: 1 },
    'requests',
    10 + 0.001,
  ],
  [
    'a second client that got more than the rate gives no bound',
    { groupSizes: groups(3_000, 1), inviteSeconds: 0, otherPerSecond: 3 },
    'requests',
    0,
  ],
  ['work divided by the slots', { groupSizes: groups(400, 1) }, 'work', 10],
  [
    'each of the eight requests holds its slot for a round trip',
    { groupSizes: groups(400, 1), latencySeconds: 0.3 },
    'work',
    (40 + 8 * 0.3) / 4,
  ],
  ['a slow portal', { groupSizes: groups(400, 1), slowdownPerConcurrent: 0.5 }, 'work', 25],
  [
    'one slot is best for a portal that gets slower with each concurrent request',
    { groupSizes: groups(400, 1), slowdownPerConcurrent: 2 },
    'work',
    40,
  ],
  ['work of one window', { groupSizes: groups(4_800, 1), requestsPerSecond: 100 }, 'work', 120],
  [
    'the limit, then the rest',
    { groupSizes: groups(4_840, 1), requestsPerSecond: 100 },
    'operating',
    600 - 60 + 4 / 4,
  ],
  [
    'two full windows',
    { groupSizes: groups(9_640, 1), requestsPerSecond: 100 },
    'operating',
    2 * 600 - 60 + 4 / 4,
  ],
  [
    'large commands exceed the limit no more than small ones',
    { groupSizes: groups(12, 500), requestsPerSecond: 100 },
    'operating',
    600 - 60 + 120 / 4,
  ],
  [
    'short requests do not count, as many as the bucket admits',
    { groupSizes: groups(9_640, 1), operatingFloorSeconds: 0.1 },
    'operating',
    // 964 s, of which 50 requests of 0.1 s at once and 1,200 in each window are not billed.
    600 - 60 + (964 - 50 * 0.1 - 480 - 120) / 4,
  ],
  [
    'an invitation above the floor always counts',
    { groupSizes: groups(4_840, 1), requestsPerSecond: 100, operatingFloorSeconds: 0.09 },
    'operating',
    600 - 60 + 4 / 4,
  ],
  [
    'the batch is billed at half its time',
    { groupSizes: groups(9_640, 1), requestsPerSecond: 100, billing: 'outer' },
    'operating',
    600 - 60 + 4 / 4,
  ],
  [
    'where only the batch is billed, twice the floor is not billed',
    {
      ...{ groupSizes: groups(9_640, 1), requestsPerSecond: 1, burst: 10 },
      ...{ operatingFloorSeconds: 0.1, billing: 'outer' },
    },
    'work',
    964 / 4,
  ],
  [
    'commands that are billed with their batch reach the limit first',
    { groupSizes: groups(4_840, 1), requestsPerSecond: 100, billing: 'both' },
    'operating',
    600 - 60 + 4 / 4,
  ],
  [
    'a box without limits has only the work',
    {
      ...{ groupSizes: groups(9_640, 1), operatingLimitSeconds: Number.POSITIVE_INFINITY },
      ...{ requestsPerSecond: Number.POSITIVE_INFINITY, operatingFloorSeconds: 0.1 },
    },
    'work',
    964 / 4,
  ],
])('bound: %s', (_, given, limit, seconds) => {
  const bound = makespanBound(load(given));
  expect(bound.seconds).toBeCloseTo(seconds, 6);
  expect(bound.limit).toBe(limit);
  expect(Math.max(...Object.values(bound.parts))).toBe(bound.seconds);
});
