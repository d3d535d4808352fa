import type { Outcome, Reason } from '../domain/pairs/outcome.ts';
import {
  DUPLICATE_EN,
  duplicateOfEn,
  PENDING_EN,
  REASONS_EN,
  WITHDRAWN_EN,
} from './en/reasons-en.ts';

/** An outcome in words that a person understands. */
export interface Explanation {
  /** What it means. */
  meaning: string;
  /** What to do about it; null where there is nothing to do. */
  remedy: string | null;
}

/** @returns the earlier line that a duplicate repeats; undefined where the reason names none */
export const lineOf = (reason: string | null): string | undefined =>
  /^of_line_(\d+)$/.exec(reason ?? '')?.[1];

/** @returns what an outcome with its reason means, and what to do about it */
export function explain(outcome: Outcome, reason: string | null): Explanation {
  if (outcome === 'pending') return { meaning: PENDING_EN, remedy: null };
  if (outcome === 'duplicate') {
    const line = lineOf(reason);
    return { meaning: line === undefined ? DUPLICATE_EN : duplicateOfEn(line), remedy: null };
  }
  if (outcome === 'withdrawn') return { meaning: WITHDRAWN_EN[0], remedy: WITHDRAWN_EN[1] };
  const known: Readonly<Record<string, (typeof REASONS_EN)[Reason] | undefined>> = REASONS_EN;
  const [meaning, remedy] = known[reason ?? ''] ?? [reason ?? outcome, null];
  return { meaning, remedy };
}
