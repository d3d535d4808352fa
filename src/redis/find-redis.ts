import { join } from 'node:path';
import type { Problem } from '../domain/errors/problem.ts';
import { problem } from '../messages/problems.ts';
import { isThere } from '../platform/file-exists.ts';
import { typed } from '../platform/invocation.ts';
import type { RedisAddress } from './connection.ts';
import { findPrivateRedis } from './embedded/embedded-redis.ts';
import { SOCKET } from './embedded/redis-child.ts';
import { sharePrivateRedis } from './embedded/shared-embedded-redis.ts';
import { keepPrivateRedis } from './embedded/supervised-redis.ts';

/** @returns the directory of the private Redis */
export const redisDirectory = (dataDir: string): string => join(dataDir, 'redis');

/**
 * `own`: starts a private Redis and ends it. `join`: uses one that runs.
 * `share`: uses one that runs, and starts one where none runs.
 */
export type RedisMode = 'own' | 'join' | 'share';

export interface RedisWanted {
  /** Undefined: a private one in the directory. */
  url: string | undefined;
  directory: string;
  mode: RedisMode;
  /** Called each time a private one of this process ended by itself. */
  onEnd: (problem: Problem) => void;
  /** Called when a private one is gone and cannot be started again. */
  onLost: (error: unknown) => void;
}

/** The address of a Redis, valid until it is disposed of. */
export interface FoundRedis extends AsyncDisposable {
  readonly address: RedisAddress;
  /** The process that runs it can end at any moment; then it is started again, within some seconds. */
  readonly changesHands: boolean;
}

/** @throws Problem when none is available */
export async function findRedis(wanted: RedisWanted): Promise<FoundRedis> {
  const { url, directory, mode, onEnd, onLost } = wanted;
  if (url !== undefined) return settled({ kind: 'url', url });
  if (mode === 'join') {
    const path = await findPrivateRedis(directory);
    if (path !== undefined) return settled({ kind: 'socket', path });
    // Throws where this user may not read: one may run there.
    isThere(join(directory, SOCKET));
    throw problem('redis_missing', { command: typed('serve') });
  }
  const provide = mode === 'own' ? keepPrivateRedis : sharePrivateRedis;
  const server = await provide(directory, onEnd, onLost);
  return {
    address: { kind: 'socket', path: server.socketPath },
    changesHands: mode === 'share',
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** One that other processes run. */
const settled = (address: RedisAddress): FoundRedis => ({
  address,
  changesHands: false,
  [Symbol.asyncDispose]: async () => {},
});
