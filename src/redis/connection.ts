import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import type { Problem } from '../domain/errors/problem.ts';
import { areEncoded, readCredentials, splitAddress } from '../domain/text/credentials.ts';
import { isSentinelUrl } from '../domain/text/sentinel-url.ts';
import { problem } from '../messages/problems.ts';
import { KeepAliveRedis } from './keepalive-redis.ts';
import { explainRedisError } from './redis-errors.ts';
import { isNewRound, querySentinels, sentinelOptions } from './sentinels.ts';

export type RedisAddress = { kind: 'socket'; path: string } | { kind: 'url'; url: string };

export interface ConnectOptions {
  /** Shown by Redis in `CLIENT LIST`. @default none */
  name?: string;
  /** Called on every failure after the first connection, once per attempt. @default ignored */
  onError?: (problem: Problem) => void;
  /** Timeout of the first connection, in milliseconds. @default 10_000 */
  maxWaitMs?: number;
  /** How often the first connection is tried, half a second apart. @default 1 */
  tries?: number;
  /** Once aborted, a lost connection is not restored: pending commands fail. @default never */
  ending?: AbortSignal;
  /** Time without any answer after which it connects again, in milliseconds. @default 30_000 */
  silenceMs?: number;
}

const BETWEEN_TRIES_MS = 500;

/**
 * Opens a connection fit for BullMQ. Only the first connection can fail; from then on it reconnects
 * for ever, with pauses that double up to 2 s, and commands sent meanwhile wait for the
 * connection. The connection has an 'error' listener at all times, also after a failure.
 *
 * @throws Problem naming the address, without its password, and what to do
 */
export async function connectRedis(
  address: RedisAddress,
  options: ConnectOptions = {},
): Promise<Redis> {
  for (let tries = options.tries ?? 1; ; tries--) {
    try {
      return await connectOnce(address, options);
    } catch (error) {
      if (tries <= 1) throw error;
    }
    await sleep(BETWEEN_TRIES_MS);
  }
}

/** Timeout for the answer of a reachable Redis, in milliseconds. */
const ANSWER_MS = 2_000;

/** @returns whether Redis answers within the timeout */
export async function answers(redis: Redis): Promise<boolean> {
  if (redis.status !== 'ready') return false;
  const silence = sleep(ANSWER_MS, false, { ref: false });
  return Promise.race([redis.ping().then(Boolean, () => false), silence]);
}

/** Closes a connection once its commands are answered; soon when it is lost or silent, or becomes so. */
export async function disconnectRedis(redis: Redis): Promise<void> {
  const silence = sleep(ANSWER_MS, undefined, { ref: false });
  if (redis.status === 'ready') await Promise.race([redis.quit().catch(() => {}), silence]);
  redis.disconnect();
}

async function connectOnce(
  address: RedisAddress,
  { name, onError, ending, maxWaitMs = 10_000, silenceMs = 30_000 }: ConnectOptions,
): Promise<Redis> {
  let connected = false;
  const pause = (attempt: number) =>
    connected && !ending?.aborted ? Math.min(50 * 2 ** attempt, 2_000) : null;
  const redis = new KeepAliveRedis(
    {
      ...redisOptions(address),
      maxRetriesPerRequest: null,
      retryStrategy: pause,
      sentinelRetryStrategy: pause,
      ...(name === undefined ? {} : { connectionName: name }),
    },
    { silenceMs, ending },
  );
  // Stays when the first attempt fails: a late error of the connection must not crash the process.
  redis.on('error', (error: unknown) => {
    if (connected && !isNewRound(error)) onError?.(explainRedisError(address, error));
  });
  try {
    await firstAttempt(redis, maxWaitMs);
  } catch (error) {
    redis.disconnect();
    const sentinels = address.kind === 'url' && isSentinelUrl(address.url) && address.url;
    const why = sentinels ? await querySentinels(sentinels) : undefined;
    throw explainRedisError(address, why ?? error);
  }
  connected = true;
  return redis;
}

/**
 * @returns the options of ioredis for an address
 * @throws Problem when it is not an address: ioredis would take it for a path, or for localhost
 */
export function redisOptions(address: RedisAddress): RedisOptions {
  if (address.kind === 'socket') return { path: address.path };
  const { url } = address;
  if (isSentinelUrl(url)) return sentinelOptions(url);
  const { scheme, userinfo = '', place } = splitAddress(url) ?? { scheme: '', place: url };
  if (/^rediss?:$/.test(URL.parse(url)?.protocol ?? '') && areEncoded(url)) {
    // Only to parse the address: ioredis does that nowhere else.
    const { options } = new Redis(`${scheme}${place}`, { lazyConnect: true });
    const { username, password } = readCredentials(userinfo);
    return {
      ...{ ...options, lazyConnect: false },
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    };
  }
  throw problem('redis_url', {});
}

/** Rejects on the first error, even one after which ioredis would continue in another database. */
function firstAttempt(redis: Redis, maxWaitMs: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const silence = new Error(`no answer within ${maxWaitMs / 1_000} seconds`);
    const timer = setTimeout(() => settle(() => reject(silence)), maxWaitMs);
    const succeed = () => settle(resolve);
    const fail = (error: unknown) => settle(() => reject(error));
    const end = () => fail(new Error('the connection was closed without a reply'));
    const settle = (how: () => void) => {
      clearTimeout(timer);
      redis.off('ready', succeed).off('error', fail).off('end', end);
      how();
    };
    redis.on('ready', succeed).on('error', fail).on('end', end);
  });
}
