import type { CodedText } from '../text/coded-text.ts';

/** What became of a row: each data row ends in exactly one of these. */
export const OUTCOMES = [
  'invited',
  'skipped',
  'failed',
  'unknown',
  'rejected',
  'duplicate',
  'cancelled',
  'pending',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Why a row cannot become a pair. */
export type RejectReason =
  | 'missing_group'
  | 'bad_group_id'
  | 'missing_user'
  | 'bad_user_id'
  | 'unknown_group'
  | 'ambiguous_group'
  | 'unknown_email'
  | 'ambiguous_email'
  | 'bad_row';

/** How a pair that was the portal's business ended. */
export type Settled =
  | { outcome: 'invited'; reason: 'returned' | 'confirmed' }
  | { outcome: 'skipped'; reason: 'already_member' | 'already_invited' | 'caller' }
  | {
      outcome: 'failed';
      reason: 'user_not_found' | 'group_not_found' | 'not_allowed' | 'declined' | 'portal_error';
    }
  | { outcome: 'unknown'; reason: 'no_answer' | 'not_explained' }
  | { outcome: 'cancelled'; reason: 'by_user' };

/** Why something failed or is unknown: what may be retried. */
export type RetriedReason = Extract<Settled, { outcome: 'failed' | 'unknown' }>['reason'];

const RETRIED: Readonly<Record<RetriedReason, true>> = {
  ...({ user_not_found: true, group_not_found: true, not_allowed: true, declined: true } as const),
  ...({ portal_error: true, no_answer: true, not_explained: true } as const),
};
export const RETRIED_REASONS = Object.keys(RETRIED) as RetriedReason[];

/** Why something is as it is; duplicates have `of_line_N`, and what waits has none. */
export type Reason = RejectReason | Settled['reason'];

const EVERY: Readonly<Record<Reason, true>> = {
  ...({ returned: true, confirmed: true } as const),
  ...({ already_member: true, already_invited: true, caller: true } as const),
  ...RETRIED,
  ...({ missing_group: true, bad_group_id: true, unknown_group: true } as const),
  ...({ ambiguous_group: true, missing_user: true, bad_user_id: true } as const),
  ...({ unknown_email: true, ambiguous_email: true, bad_row: true, by_user: true } as const),
};
/** Every reason that a row may have; `of_line_N` stands for those of all duplicates. */
export const REASONS: readonly string[] = [...Object.keys(EVERY), 'of_line_N'];

/** @example isReason('of_line_12') // true */
export const isReason = (text: string): boolean =>
  REASONS.includes(text) || /^of_line_[1-9]\d*$/.test(text);

/** An outcome with its reason and, where there is more to say, what. */
export type Verdict = Settled & { details?: readonly CodedText[] };

/** How many rows ended how. */
export interface Tally {
  outcome: Outcome;
  reason: string | null;
  count: number;
}

/** @returns counts by outcome, zeros included, so that every table shows the same lines. */
export function countByOutcome(tallies: readonly Tally[]): Record<Outcome, number> {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  for (const { outcome, count } of tallies) counts[outcome] += count;
  return counts;
}

/** @returns counts by reason; rows without a reason are left out, `of_line_N` is one reason. */
export function countByReason(tallies: readonly Tally[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason, count } of tallies) {
    if (reason !== null) counts[reason] = (counts[reason] ?? 0) + count;
  }
  return counts;
}
