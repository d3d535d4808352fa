import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../domain/errors/problem.ts';
import { InUse } from './directory-lock.ts';
import { findPrivateRedis } from './embedded-redis.ts';
import { type KeptRedis, keepPrivateRedis } from './supervised-redis.ts';

const POLL_MS = 250;
/**
 * The process that runs a Redis restarts it at once when it ends. One that stays away for longer, in
 * milliseconds, has lost that process.
 */
const GONE_MS = 2_000;
/** A start or an end in another process is over within this time, in milliseconds. */
const CHANGE_MS = 12_000;

/**
 * Uses the private Redis that another process runs in the directory, and runs one where there is
 * none: now, or as soon as the other process has ended. The socket stays the same, so that
 * connections find it again.
 *
 * @param onEnd called each time one of this process ended by itself
 * @param onLost called when there is none and none can be started
 * @throws Problem when there is none at first and none can be started
 */
export async function sharePrivateRedis(
  directory: string,
  onEnd: (problem: Problem) => void,
  onLost: (error: unknown) => void,
): Promise<KeptRedis> {
  const found = await findPrivateRedis(directory);
  if (found !== undefined) return follow(found, directory, onEnd, onLost);
  const kept = await keepOrFind(directory, onEnd, onLost);
  return typeof kept === 'string' ? follow(kept, directory, onEnd, onLost) : kept;
}

/**
 * @returns our own, or the socket of one that another process started first
 * @throws Problem when another process locks the directory for longer than a start or an end takes
 */
async function keepOrFind(
  directory: string,
  onEnd: (problem: Problem) => void,
  onLost: (error: unknown) => void,
): Promise<KeptRedis | string> {
  const deadline = performance.now() + CHANGE_MS;
  for (;;) {
    try {
      return await keepPrivateRedis(directory, onEnd, onLost);
    } catch (error) {
      if (!(error instanceof InUse) || performance.now() > deadline) throw error;
    }
    const found = await findPrivateRedis(directory);
    if (found !== undefined) return found;
    await sleep(POLL_MS);
  }
}

function follow(
  socketPath: string,
  directory: string,
  onEnd: (problem: Problem) => void,
  onLost: (error: unknown) => void,
): KeptRedis {
  const closing = new AbortController();
  const { signal } = closing;
  let own: KeptRedis | undefined;
  const watch = async (): Promise<void> => {
    let seenAt = performance.now();
    while (own === undefined) {
      await sleep(POLL_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      const found = await findPrivateRedis(directory);
      if (found !== undefined) seenAt = performance.now();
      if (performance.now() - seenAt < GONE_MS) continue;
      const kept = await keepOrFind(directory, onEnd, onLost);
      if (typeof kept !== 'string') own = kept;
    }
  };
  const watching = watch().catch(onLost);
  return {
    socketPath,
    async close() {
      closing.abort();
      await watching;
      await own?.close();
    },
  };
}
