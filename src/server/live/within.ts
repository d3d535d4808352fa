import { setTimeout as sleep } from 'node:timers/promises';

/** @returns what the promise brings, or undefined when that takes too long or fails */
export function within<T>(promise: Promise<T>, patienceMs: number): Promise<T | undefined> {
  const brought = promise.catch(() => undefined);
  return Promise.race([brought, sleep(patienceMs, undefined, { ref: false })]);
}
