import { completeOptions, type Limits, limitsOf } from '../../src/sandbox/sandbox-options.ts';
import type { Regime } from './regime.ts';

/** A cloud portal with unscaled times. */
const CLOUD: Limits = limitsOf(completeOptions({}));

const ALONE = { concurrency: 4, otherPerSecond: 0, clock: 1 };

const groups = (count: number, size: number): number[] => Array(count).fill(size);

/** Sizes by a power law: the largest group, then half of it, a third of it, … */
const zipf = (count: number, largest: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.ceil(largest / (index + 1)));

/**
 * @param quick the same portals with less work, for a run under three minutes
 * @returns the regimes in the order of the table
 */
export function regimes(quick: boolean): Regime[] {
  const choose = <T>(full: T, small: T): T => (quick ? small : full);
  return [
    {
      name: 'sparse',
      meaning: 'groups of one user, 0.05 s per invitation',
      groupSizes: groups(choose(3_000, 600), 1),
      limits: CLOUD,
      ...ALONE,
    },
    {
      name: 'dense',
      meaning: '20 large groups, 0.02 s per invitation (at more, the operating limit would bind)',
      groupSizes: groups(20, choose(1_000, 100)),
      limits: { ...CLOUD, inviteSeconds: 0.02 },
      ...ALONE,
    },
    {
      name: 'mixed',
      meaning: 'group sizes by a power law, 0.1 s per invitation',
      groupSizes: choose(zipf(300, 600), zipf(60, 60)),
      limits: { ...CLOUD, inviteSeconds: 0.1 },
      ...ALONE,
    },
    {
      name: 'costly',
      meaning: `0.15 s per invitation; operating ${choose('24 s in 30 s', '4.8 s in 6 s')} instead of 480 s in 600 s`,
      groupSizes: groups(choose(700, 90), 1),
      limits: {
        ...CLOUD,
        inviteSeconds: 0.15,
        operatingLimitSeconds: choose(24, 4.8),
        operatingWindowSeconds: choose(30, 6),
      },
      ...ALONE,
    },
    {
      name: 'ban',
      meaning: `as costly, and a refused call blocks the method for ${choose(15, 3)} s instead of 300 s`,
      groupSizes: groups(choose(700, 90), 1),
      limits: {
        ...CLOUD,
        inviteSeconds: 0.15,
        operating: 'ban',
        operatingLimitSeconds: choose(24, 4.8),
        operatingWindowSeconds: choose(30, 6),
        operatingBanSeconds: choose(15, 3),
      },
      ...ALONE,
    },
    {
      name: 'batch billed',
      meaning: `only the batch is billed, at half its time; 0.25 s; ${choose('24 s in 30 s', '4.8 s in 6 s')}, a ban`,
      groupSizes: groups(choose(800, 110), 1),
      limits: {
        ...CLOUD,
        inviteSeconds: 0.25,
        operating: 'ban',
        billing: 'outer',
        operatingLimitSeconds: choose(24, 4.8),
        operatingWindowSeconds: choose(30, 6),
        operatingBanSeconds: choose(15, 3),
      },
      ...ALONE,
    },
    {
      name: 'both billed',
      meaning: `the commands are billed, and the batch at half its time; ${choose('24 s in 30 s', '4.8 s in 6 s')}, a ban`,
      groupSizes: groups(choose(700, 90), 1),
      limits: {
        ...CLOUD,
        inviteSeconds: 0.15,
        operating: 'ban',
        billing: 'both',
        operatingLimitSeconds: choose(24, 4.8),
        operatingWindowSeconds: choose(30, 6),
        operatingBanSeconds: choose(15, 3),
      },
      ...ALONE,
    },
    {
      name: 'box',
      meaning: 'no bucket and no operating limit, 0.05 s per invitation',
      groupSizes: groups(choose(6_000, 1_500), 1),
      limits: {
        ...CLOUD,
        burst: Number.POSITIVE_INFINITY,
        requestsPerSecond: Number.POSITIVE_INFINITY,
        operatingLimitSeconds: Number.POSITIVE_INFINITY,
      },
      ...ALONE,
    },
    {
      name: 'slow network',
      meaning: 'round trips of 300 ms, 0.02 s per invitation',
      groupSizes: groups(choose(2_000, 600), 2),
      limits: { ...CLOUD, inviteSeconds: 0.02, latencyMs: 300 },
      ...ALONE,
    },
    {
      name: 'second client',
      meaning:
        'another program takes half the bucket; clock 5× (10 per second for 2, 0.005 s for 0.025 s)',
      groupSizes: groups(choose(10_000, 5_000), 1),
      limits: {
        ...CLOUD,
        requestsPerSecond: 10,
        inviteSeconds: 0.005,
        operatingLimitSeconds: 96,
        operatingWindowSeconds: 120,
      },
      ...ALONE,
      otherPerSecond: 5,
      clock: 5,
    },
    {
      name: 'enterprise',
      meaning: 'burst 250, 5 per second, 10 requests in flight, 0.01 s per invitation',
      groupSizes: groups(choose(15_000, 5_000), 1),
      limits: { ...CLOUD, burst: 250, requestsPerSecond: 5, inviteSeconds: 0.01 },
      ...ALONE,
      concurrency: 10,
    },
  ];
}
