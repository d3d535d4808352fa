import type { Outcome } from './outcome.ts';

/** A line of the results: what became of a pair, a duplicate or a reject. */
export interface ResultRecord {
  line: number;
  /** The ids; for rejects the cells as they stand in the source. */
  groupId: string;
  userId: string;
  outcome: Outcome;
  reason: string | null;
  detail: string | null;
  attempts: number | null;
  settledAt: Date | null;
}
