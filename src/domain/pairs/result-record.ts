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
  /** Details: the portal's own text, or the errors in the row. */
  details: readonly CodedText[];
  attempts: number | null;
  settledAt: Date | null;
  /** Names on the portal, where they were looked up and are known. */
  userName?: string | null;
  groupName?: string | null;
}
