import type { Import } from '../../../server/schemas/import-schema.ts';

/** What is worth calling somebody back for who looks at something else. */
export type PageEvent = 'finished' | 'held' | 'waiting';

/** A wait of the portal's pace is normal; one this long is told, as to `NOTIFY_URL`. */
const LONG_MS = 5 * 60_000;

/**
 * @param before what was last known of it
 * @param at milliseconds since 1970
 * @returns what has become of an import meanwhile; undefined when it is nothing new
 */
export function eventOf(before: Import, now: Import, at: number): PageEvent | undefined {
  if (now.state === before.state && now.waitingUntil === before.waitingUntil) return undefined;
  if (now.state === 'finished') return before.state === 'finished' ? undefined : 'finished';
  if (now.state === 'held') return before.state === 'held' ? undefined : 'held';
  return waitsLong(now, at) && !waitsLong(before, at) ? 'waiting' : undefined;
}

const waitsLong = ({ state, waitingUntil }: Import, at: number): boolean =>
  state === 'running' && waitingUntil !== null && Date.parse(waitingUntil) - at > LONG_MS;
