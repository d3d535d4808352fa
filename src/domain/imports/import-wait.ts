import type { WaitingGroups } from './waiting-group.ts';

/**
 * What an import waits for: `hold`, the portal refuses everything · `redis`, it does not answer ·
 * `operating`, the method's server seconds · `requests`, a place in the leaky bucket · `groups`, the portal
 * answers with an error about each remaining group · `import`, another import has the same pairs in flight ·
 * `quiet_hours`, no invitation leaves before their end.
 */
export const IMPORT_WAITS = [
  ...(['requests', 'operating', 'hold'] as const),
  ...(['redis', 'groups', 'import', 'quiet_hours'] as const),
] as const;

export interface ImportWait {
  reason: (typeof IMPORT_WAITS)[number];
  /** Until when; undefined when unknown. */
  until: Date | undefined;
}

/** Whether it is a wait for a limit of the portal, with an end that the limit determines. */
export const isLimitWait = (reason: ImportWait['reason']): boolean =>
  reason === 'operating' || reason === 'requests';

/** What is known about a running import with pending pairs. */
export interface WaitFacts {
  now: number;
  pending: number;
  hold: { probeAt: Date } | undefined;
  /** Undefined: Redis does not answer. */
  budget: { waitMs: number; waitFor: 'requests' | 'operating' } | undefined;
  groups: WaitingGroups | undefined;
  /** Whether another import has the same pairs in flight, and this one has none. */
  isElsewhere: boolean;
  /** The end of the quiet hours. @default it is not quiet */
  quietUntil?: Date | undefined;
}

/** Shortest wait that is shown, in milliseconds. */
const NOTICEABLE_MS = 3_000;

/** @returns what the import waits for; undefined when it does not wait */
export function importWait(facts: WaitFacts): ImportWait | undefined {
  const { now, pending, hold, budget, groups, isElsewhere, quietUntil } = facts;
  if (hold !== undefined) return { reason: 'hold', until: hold.probeAt };
  if (budget === undefined) return { reason: 'redis', until: undefined };
  if (quietUntil !== undefined) return { reason: 'quiet_hours', until: quietUntil };
  if (groups !== undefined && groups.pairs >= pending) {
    return { reason: 'groups', until: groups.nextTryAt };
  }
  if (budget.waitMs >= NOTICEABLE_MS) {
    return { reason: budget.waitFor, until: new Date(now + budget.waitMs) };
  }
  return isElsewhere ? { reason: 'import', until: undefined } : undefined;
}
