import { setTimeout as sleep } from 'node:timers/promises';
import type { Budget } from '../portal/budget.ts';
import type { Stop } from './work.ts';

/** Longer waits, in milliseconds, give the job back to the queue instead of holding a worker. */
const PATIENCE_MS = 3_000;

/**
 * Takes a request's place in the budget and waits for it.
 *
 * @returns undefined when the request may leave now
 */
export async function reserve(budget: Budget, signal: AbortSignal): Promise<Stop | undefined> {
  const place = await budget.reserve(PATIENCE_MS);
  if (!place.taken) return { kind: 'later', at: Date.now() + place.waitMs, why: 'budget' };
  try {
    if (place.waitMs > 0) await sleep(place.waitMs, undefined, { signal });
    return signal.aborted ? { kind: 'interrupted' } : undefined;
  } catch (error) {
    if (signal.aborted) return { kind: 'interrupted' };
    throw error;
  }
}
