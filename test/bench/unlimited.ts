import { startBenchRedis } from './bench-redis.ts';
import type { Regime } from './regime.ts';
import { type OurRun, runOurs } from './runs/our-run.ts';

/** Result of the program on a portal without limits and latency. */
export interface Unlimited {
  pairs: number;
  requests: number;
  /** From the times in the ledger, with a private Redis on disk. */
  pairsPerSecond: number;
  /** Difference between a small and a large run, so that start and end do not count. */
  redisCommandsPerRequest: number;
  redisCommandsPerPair: number;
}

const PLENTY = 10_000;
const USERS = 1_000;

/** @param groups number of groups with 1,000 users each, at least two */
export async function measureUnlimited(groups: number): Promise<Unlimited> {
  const run = await runOurs(unlimited(groups));
  const small = await countCommands(unlimited(1));
  const large = await countCommands(unlimited(Math.ceil(groups / 4) + 1));
  const commands = large.commands - small.commands;
  return {
    pairs: run.pairs,
    requests: run.requests,
    pairsPerSecond: run.pairs / run.makespan,
    redisCommandsPerRequest: commands / (large.run.requests - small.run.requests),
    redisCommandsPerPair: commands / (large.run.pairs - small.run.pairs),
  };
}

async function countCommands(regime: Regime): Promise<{ run: OurRun; commands: number }> {
  await using redis = await startBenchRedis();
  const run = await runOurs(regime, { REDIS_URL: redis.url });
  const calls = Object.values(await redis.commands());
  return { run, commands: calls.reduce((sum, count) => sum + count, 0) };
}

function unlimited(groups: number): Regime {
  return {
    name: 'no limits',
    meaning: 'a portal without limits and latency',
    groupSizes: Array(groups).fill(USERS),
    limits: {
      burst: PLENTY,
      requestsPerSecond: PLENTY,
      operating: 'baskets',
      billing: 'inner',
      operatingLimitSeconds: PLENTY,
      operatingWindowSeconds: PLENTY,
      operatingFloorSeconds: 0.1,
      operatingBanSeconds: 300,
      requestLimitSeconds: 60,
      inviteSeconds: 0,
      readSeconds: 0,
      memberReadSeconds: 0,
      latencyMs: 0,
      slowdownPerConcurrent: 0,
    },
    concurrency: 4,
    otherPerSecond: 0,
    clock: 1,
  };
}
