import { completeOptions, type Limits, limitsOf } from '../../../src/sandbox/sandbox-options.ts';
import type { Shares } from './simulated-import.ts';

/** A portal and an import that takes it up to an hour. */
export interface SimulatedRegime {
  name: string;
  groupSizes: readonly number[];
  limits: Limits;
  concurrency: number;
  /** Requests per second of another client of the portal. */
  otherPerSecond: number;
}

/** What becomes of the pairs. */
export const SHARES: readonly (Shares & { what: string })[] = [
  { what: 'everybody is invited' },
  { what: '60 % are members, 10 % unknown', members: 0.6, missing: 0.1 },
  { what: '95 % are members', members: 0.95 },
  { what: 'half are unknown', missing: 0.5 },
];

const CLOUD = limitsOf(completeOptions({}));
/** As good as no limit. */
const PLENTY = 1e9;

const groups = (count: number, size: number): number[] => Array(count).fill(size);
const zipf = (count: number, largest: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.ceil(largest / (index + 1)));

function regime(
  name: string,
  groupSizes: readonly number[],
  some: Partial<SimulatedRegime & Limits>,
): SimulatedRegime {
  const { concurrency = 4, otherPerSecond = 0, ...limits } = some;
  return {
    ...{ name, groupSizes, concurrency, otherPerSecond },
    limits: limitsOf({ ...CLOUD, ...limits }),
  };
}

/**
 * The portals of the bench, unscaled and with more work, and two more. No import ends within a fifth of the
 * end of an operating window: whether it needs another one, ten minutes more, is then a matter of chance.
 */
export const SIMULATED_REGIMES: readonly SimulatedRegime[] = [
  regime('sparse', groups(44_000, 1), { inviteSeconds: 0.05 }),
  regime('dense', groups(110, 1_000), { inviteSeconds: 0.02 }),
  regime('mixed', zipf(1_000, 2_870), { inviteSeconds: 0.1 }),
  regime('costly', groups(14_600, 1), { inviteSeconds: 0.15 }),
  regime('slow network', groups(30_000, 2), { inviteSeconds: 0.02, latencyMs: 300 }),
  regime('second client', groups(48_000, 1), { inviteSeconds: 0.025, otherPerSecond: 1 }),
  regime('enterprise', groups(120_000, 1), {
    ...{ inviteSeconds: 0.01, burst: 250, requestsPerSecond: 5, concurrency: 10 },
  }),
  regime('Enterprise limits, costly', groups(14_600, 1), {
    ...{ inviteSeconds: 0.15, burst: 250, requestsPerSecond: 5 },
  }),
  regime('batch billed', groups(29_200, 1), {
    ...{ inviteSeconds: 0.15, operating: 'ban', billing: 'outer' },
  }),
  regime('batch billed, shown everywhere', groups(1_460, 20), {
    ...{ inviteSeconds: 0.15, operating: 'ban', billing: 'outer_everywhere' },
  }),
  regime('both billed', groups(7_300, 2), {
    ...{ inviteSeconds: 0.15, operating: 'ban', billing: 'both' },
  }),
  regime('commands billed, with a ban', groups(730, 20), { inviteSeconds: 0.15, operating: 'ban' }),
  regime('box without limits', groups(2_000, 20), {
    ...{ inviteSeconds: 0.1, burst: PLENTY, requestsPerSecond: PLENTY },
    operatingLimitSeconds: PLENTY,
  }),
];
