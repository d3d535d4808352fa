import type { Selectable } from 'kysely';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import type { PairTable, RowIssueTable } from '../db/schema.ts';
import { readTexts } from '../db/stored-texts.ts';

/** A line of the results with its place in the source. */
export interface ImportRecord extends ResultRecord {
  seq: number;
}

/** Converts a pair to a line of the results. */
export const toPairRecord = (row: Selectable<PairTable>): ImportRecord => ({
  seq: row.seq,
  line: row.line,
  groupId: String(row.group_id),
  // Zero: the person's data were removed.
  userId: row.user_id === 0 ? '' : String(row.user_id),
  outcome: row.outcome,
  reason: row.reason,
  details: readTexts(row.detail),
  attempts: row.attempts,
  settledAt: row.settled_at === null ? null : new Date(row.settled_at),
});

/** Converts a duplicate or a reject to a line of the results. */
export const toIssueRecord = (row: Selectable<RowIssueTable>): ImportRecord => ({
  seq: row.seq,
  line: row.line,
  groupId: row.group_cell,
  userId: row.user_cell,
  outcome: row.outcome,
  reason: row.reason,
  details: readTexts(row.detail),
  attempts: null,
  settledAt: null,
});
