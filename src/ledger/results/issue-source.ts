import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { toIssueRecord } from './import-record.ts';
import type { RecordFilter, RecordSource } from './record-sources.ts';

export interface WantedIssue extends RecordFilter {
  /** The user's cell, normalized by `emailKey`. */
  userKey?: string | undefined;
}

/**
 * Duplicates and rejects by place in the file. The most selective criterion finds the places through
 * its index alone; the other criteria are checked in their rows.
 */
export const issueSource =
  (db: Db, importId: number, wanted: WantedIssue): RecordSource =>
  async ([seq = 0], limit) => {
    const { outcome, reason, groupId, userId } = wanted;
    const userKey = wanted.userKey ?? (userId === undefined ? undefined : String(userId));
    const rare = rarest({ ...wanted, userKey });
    const rows = await db
      .selectFrom('row_issues as places')
      .innerJoin('row_issues as issues', (join) =>
        join
          .onRef('issues.import_id', '=', 'places.import_id')
          .onRef('issues.seq', '=', 'places.seq'),
      )
      .selectAll('issues')
      .where('places.import_id', '=', importId)
      .where('places.seq', '>', seq)
      .$if(rare === 'userKey', (query) => query.where('places.user_key', '=', userKey ?? ''))
      .$if(rare === 'groupId', (query) => query.where('places.group_cell', '=', String(groupId)))
      .$if(rare === 'reason', (query) => query.where('places.reason', '=', reason ?? ''))
      .$if(rare === 'outcome', (query) => query.where('places.outcome', '=', issueOf(outcome)))
      .$if(outcome !== undefined, (query) => query.where('issues.outcome', '=', issueOf(outcome)))
      .$if(reason !== undefined, (query) => query.where('issues.reason', '=', reason ?? ''))
      .$if(groupId !== undefined, (query) => query.where('issues.group_cell', '=', String(groupId)))
      .orderBy('places.seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ at: [row.seq], record: toIssueRecord(row) }));
  };

const RAREST_FIRST = ['userKey', 'groupId', 'reason', 'outcome'] as const;

const rarest = (wanted: WantedIssue) => RAREST_FIRST.find((name) => wanted[name] !== undefined);

const issueOf = (outcome: Outcome | undefined) =>
  outcome === 'duplicate' ? 'duplicate' : 'rejected';
