import type { Redis } from 'ioredis';
import { connectRedis, disconnectRedis } from './connection.ts';
import { findRedis, type RedisMode } from './find-redis.ts';
import { showAddress } from './redis-errors.ts';

/** A Redis for a short use. */
export interface ReachedRedis extends AsyncDisposable {
  readonly redis: Redis;
  /** Where it is, without a password. */
  readonly shown: string;
}

/** Longest wait of a diagnosis, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** The process that runs a private one may just have ended. */
const TRIES = 5;

/** @param mode `share` starts one until disposal where none runs; @throws Problem when there is none */
export async function reachRedis(
  url: string | undefined,
  directory: string,
  mode: Exclude<RedisMode, 'own'>,
): Promise<ReachedRedis> {
  await using stack = new AsyncDisposableStack();
  const ignore = () => {};
  const found = await findRedis({ url, directory, mode, onEnd: ignore, onLost: ignore });
  const { address, changesHands } = stack.use(found);
  const ending = new AbortController();
  const redis = await connectRedis(address, {
    ...{ name: 'bulk-invite', ending: ending.signal, tries: changesHands ? TRIES : 1 },
    ...{ maxWaitMs: TIMEOUT_MS, silenceMs: TIMEOUT_MS },
  });
  stack.defer(() => disconnectRedis(redis));
  // Runs before the disconnect, which then does not wait for a silent Redis.
  stack.defer(() => ending.abort());
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return { redis, shown: showAddress(address), [Symbol.asyncDispose]: close };
}
