import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/**
 * @returns the value of the promise, or undefined when it takes too long or fails. A process that
 * was busy all that time first reads the answers that arrived meanwhile
 */
export function within<T>(promise: Promise<T>, maxWaitMs: number): Promise<T | undefined> {
  const brought = promise.catch(() => undefined);
  const late = sleep(maxWaitMs, undefined, { ref: false }).then(() => setImmediate(undefined));
  return Promise.race([brought, late]);
}
