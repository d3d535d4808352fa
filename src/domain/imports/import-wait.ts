import type { WaitingGroups } from './waiting-group.ts';

/**
 * What an import waits for: `hold`, the portal refuses everything · `redis`, which says nothing ·
 * `operating`, the method's server seconds · `requests`, a place among the requests · `groups`, the
 * portal answers with an error about each group that is left · `import`, another one has the same pairs
 * in flight.
 */
export const IMPORT_WAITS = [
  ...(['requests', 'operating', 'hold'] as const),
  ...(['redis', 'groups', 'import'] as const),
] as const;

export interface ImportWait {
  reason: (typeof IMPORT_WAITS)[number];
  /** Until when; undefined when nobody knows. */
  until: Date | undefined;
}

/** What is known of an import that runs and has pairs without an outcome. */
export interface WaitFacts {
  now: number;
  pending: number;
  hold: { probeAt: Date } | undefined;
  /** Undefined: Redis does not say. */
  budget: { waitMs: number; waitFor: 'requests' | 'operating' } | undefined;
  groups: WaitingGroups | undefined;
  /** Whether another import has the same pairs in flight, and this one none. */
  isElsewhere: boolean;
}

/** Waits that a person would notice. */
const NOTICEABLE_MS = 3_000;

/** @returns what keeps the import from going on; undefined when nothing does */
export function importWait(facts: WaitFacts): ImportWait | undefined {
  const { now, pending, hold, budget, groups, isElsewhere } = facts;
  if (hold !== undefined) return { reason: 'hold', until: hold.probeAt };
  if (budget === undefined) return { reason: 'redis', until: undefined };
  if (groups !== undefined && groups.pairs >= pending) {
    return { reason: 'groups', until: groups.nextTryAt };
  }
  if (budget.waitMs >= NOTICEABLE_MS) {
    return { reason: budget.waitFor, until: new Date(now + budget.waitMs) };
  }
  return isElsewhere ? { reason: 'import', until: undefined } : undefined;
}
