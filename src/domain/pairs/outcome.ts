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
  'withdrawn',
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
  | 'bad_row'
  | 'hidden_row';

/** Outcomes and reasons of pairs. */
export type Settled =
  | { outcome: 'invited'; reason: 'returned' | 'confirmed' }
  | { outcome: 'skipped'; reason: 'already_member' | 'already_invited' | 'caller' }
  | {
      outcome: 'failed';
      reason:
        | 'user_not_found'
        | 'group_not_found'
        | 'not_allowed'
        | 'banned'
        | 'declined'
        | 'portal_error';
    }
  | { outcome: 'unknown'; reason: 'no_answer' | 'not_explained' }
  | { outcome: 'cancelled' | 'withdrawn'; reason: 'by_user' };

/** Reasons of failed, unknown, cancelled and withdrawn pairs, which can be retried. */
export type RetriedReason = Extract<
  Settled,
  { outcome: 'failed' | 'unknown' | 'cancelled' | 'withdrawn' }
>['reason'];

/**
 * How each reason is retried. Only if it is named: a user who is not found stays so until the row is
 * fixed, and a cancelled or withdrawn pair is one that a person did not want to be invited.
 */
const RETRIED: Readonly<Record<RetriedReason, 'with_all' | 'if_named'>> = {
  user_not_found: 'if_named',
  ...{ group_not_found: 'with_all', not_allowed: 'with_all', banned: 'with_all' },
  ...{ declined: 'with_all', portal_error: 'with_all' },
  ...{ no_answer: 'with_all', not_explained: 'with_all' },
  by_user: 'if_named',
};
export const RETRIED_REASONS = Object.keys(RETRIED) as RetriedReason[];

const isRetried = (reason: string | null): reason is RetriedReason =>
  reason !== null && Object.hasOwn(RETRIED, reason);

/** @returns the reasons of the pairs that a retry sets to pending. @param named undefined: all that it can help */
export const reasonsToRetry = (named?: string): readonly RetriedReason[] =>
  RETRIED_REASONS.filter((reason) =>
    named === undefined ? RETRIED[reason] === 'with_all' : reason === named,
  );

/** @returns whether a retry that names no reason sets pairs with this reason to pending */
export const isRetryable = (reason: string | null): boolean =>
  isRetried(reason) && RETRIED[reason] === 'with_all';

/** The reason of an outcome; duplicates have `of_line_N`, and pending pairs have none. */
export type Reason = RejectReason | Settled['reason'];

const EVERY: Readonly<Record<Reason, true>> = {
  ...({ returned: true, confirmed: true } as const),
  ...({ already_member: true, already_invited: true, caller: true } as const),
  ...({ user_not_found: true, group_not_found: true, not_allowed: true, banned: true } as const),
  ...({ declined: true, portal_error: true, no_answer: true, not_explained: true } as const),
  ...({ missing_group: true, bad_group_id: true, unknown_group: true } as const),
  ...({ ambiguous_group: true, missing_user: true, bad_user_id: true } as const),
  ...({ unknown_email: true, ambiguous_email: true, bad_row: true } as const),
  ...({ hidden_row: true, by_user: true } as const),
};
/** Every reason that a row can have; `of_line_N` stands for those of all duplicates. */
export const REASONS: readonly string[] = [...Object.keys(EVERY), 'of_line_N'];

/** @example isReason('of_line_12') // true */
export const isReason = (text: string): boolean =>
  REASONS.includes(text) || /^of_line_[1-9]\d*$/.test(text);

/** An outcome with its reason and, if there is more to say, the details. */
export type Verdict = Settled & { details?: readonly CodedText[] };

/** Number of rows with an outcome and a reason. */
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
