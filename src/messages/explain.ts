import type { Outcome, Reason } from '../domain/pairs/outcome.ts';
import { DUPLICATE_EN, PENDING_EN, REASONS_EN } from './en/reasons-en.ts';

/** An outcome in words that a person understands. */
export interface Explanation {
  /** What it means. */
  meaning: string;
  /** What to do about it; null where there is nothing to do. */
  remedy: string | null;
}

const RETRYABLE: ReadonlySet<Outcome> = new Set(['failed', 'unknown']);

/** @returns whether a retry queues pairs of this outcome again */
export const isRetryable = (outcome: Outcome): boolean => RETRYABLE.has(outcome);

/** @returns what an outcome with its reason means, and what to do about it */
export function explain(outcome: Outcome, reason: string | null): Explanation {
  if (outcome === 'pending') return { meaning: PENDING_EN, remedy: null };
  if (outcome === 'duplicate') {
    return { meaning: DUPLICATE_EN, remedy: null };
  }
  const known: Readonly<Record<string, (typeof REASONS_EN)[Reason] | undefined>> = REASONS_EN;
  const [meaning, remedy] = known[reason ?? ''] ?? [reason ?? outcome, null];
  return { meaning, remedy };
}
