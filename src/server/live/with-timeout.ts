import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/**
 * @returns what the promise brings, or undefined when that takes too long or fails; a process that
 * was kept busy all that time reads first what came meanwhile
 */
export function within<T>(promise: Promise<T>, maxWaitMs: number): Promise<T | undefined> {
  const brought = promise.catch(() => undefined);
  const late = sleep(maxWaitMs, undefined, { ref: false }).then(() => setImmediate(undefined));
  return Promise.race([brought, late]);
}
