import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { Import } from '../../domain/imports/import.ts';
import { Budget } from '../../portal/budget/budget.ts';
import { INVITE } from '../../portal/methods/invite.ts';
import { connectRedis, disconnectRedis, type RedisAddress } from '../../redis/connection.ts';
import { findPrivateRedis } from '../../redis/embedded/embedded-redis.ts';
import { redisDirectory } from '../../redis/find-redis.ts';
import { startWork } from '../imports/start-work.ts';
import type { SeenBudget } from './budget-reader.ts';

/** Longest wait for Redis, in milliseconds. */
const TIMEOUT_MS = 2_000;

/**
 * Reads once what an import's portal still allows.
 *
 * @returns the budget, or a text that explains why it is not known
 */
export async function readBudget(
  config: Config,
  parent: Import,
  pending: number,
): Promise<SeenBudget> {
  const address = await findAddress(config);
  // Does not suggest `worker`, which joins other processes through a Redis, and there is none.
  if (address === undefined)
    return `No worker is running. To start one, type: ${startWork(parent)}`;
  try {
    const redis = await connectRedis(address, { name: 'bulk-invite', maxWaitMs: TIMEOUT_MS });
    try {
      return await new Budget(redis, parent.portal, config).readView(INVITE, pending);
    } finally {
      await disconnectRedis(redis);
    }
  } catch (error) {
    return error instanceof Problem
      ? error.message
      : `The budget cannot be read from Redis: ${String(error)}`;
  }
}

async function findAddress({ redisUrl, dataDir }: Config): Promise<RedisAddress | undefined> {
  if (redisUrl !== undefined) return { kind: 'url', url: redisUrl };
  const path = await findPrivateRedis(redisDirectory(dataDir));
  return path === undefined ? undefined : { kind: 'socket', path };
}
