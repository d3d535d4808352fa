import type { Import } from '../../../server/schemas/import-schema.ts';

/** Events that the browser notifies about. */
export type PageEvent = 'finished' | 'held' | 'waiting';

/** A longer wait is reported, as to `NOTIFY_URL`, in milliseconds. */
const LONG_MS = 5 * 60_000;

/**
 * @param before the last known state
 * @param at milliseconds since 1970
 * @returns the event that happened between the two states; undefined when there is none
 */
export function eventOf(before: Import, now: Import, at: number): PageEvent | undefined {
  if (now.state === before.state && now.waitingUntil === before.waitingUntil) return undefined;
  if (now.state === 'finished') return before.state === 'finished' ? undefined : 'finished';
  if (now.state === 'held') return before.state === 'held' ? undefined : 'held';
  return waitsLong(now, at) && !waitsLong(before, at) ? 'waiting' : undefined;
}

const waitsLong = ({ state, waitingUntil }: Import, at: number): boolean =>
  state === 'running' && waitingUntil !== null && Date.parse(waitingUntil) - at > LONG_MS;
