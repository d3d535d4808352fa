import type { CodedText } from '../text/coded-text.ts';
import type { Outcome } from './outcome.ts';

/** A line of the results: what became of a pair, a duplicate or a reject. */
export interface ResultRecord {
  line: number;
  /** The ids; for rejects the cells as they stand in the source. */
  groupId: string;
  userId: string;
  outcome: Outcome;
  reason: string | null;
  /** What more there is to say: the portal's own words, or what is wrong with the row. */
  details: readonly CodedText[];
  attempts: number | null;
  settledAt: Date | null;
}
