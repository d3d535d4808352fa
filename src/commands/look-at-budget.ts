import { join } from 'node:path';
import type { Config } from '../config.ts';
import { Problem } from '../domain/problem.ts';
import { Budget } from '../portal/budget/budget.ts';
import { INVITE } from '../portal/invite.ts';
import { connectRedis, disconnectRedis, type RedisAddress } from '../queue/connection.ts';
import { findPrivateRedis } from '../queue/private-redis.ts';
import type { SeenBudget } from './budget-look.ts';

/** Whoever asks how an import stands does not wait longer for Redis, in milliseconds. */
const PATIENCE_MS = 2_000;

const NOBODY = 'Nothing works on it: start `serve` or `worker`, or `run` with the same file.';

/** Looks once at what a portal still allows. @returns it, or in words why that is not known */
export async function lookAtBudget(
  config: Config,
  portal: string,
  pending: number,
): Promise<SeenBudget> {
  const address = await findAddress(config);
  if (address === undefined) return NOBODY;
  try {
    const redis = await connectRedis(address, { name: 'bulk-invite', patienceMs: PATIENCE_MS });
    try {
      return await new Budget(redis, portal, config).look(INVITE, pending);
    } finally {
      await disconnectRedis(redis);
    }
  } catch (error) {
    return error instanceof Problem ? error.message : `Redis does not say: ${String(error)}`;
  }
}

async function findAddress({ redisUrl, dataDir }: Config): Promise<RedisAddress | undefined> {
  if (redisUrl !== undefined) return { kind: 'url', url: redisUrl };
  const path = await findPrivateRedis(join(dataDir, 'redis'));
  return path === undefined ? undefined : { kind: 'socket', path };
}
