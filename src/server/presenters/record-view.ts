import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { explain } from '../../messages/explain.ts';
import { describeDetails, isRowDetail } from '../../messages/row-details.ts';
import type { PairRecord } from '../schemas/pair-schema.ts';

/** @returns a line of the results as the page shows it, with what it means in words */
export function recordView(
  record: ResultRecord,
  groupNames: ReadonlyMap<string, string | null> = new Map(),
): PairRecord {
  const { line, groupId: group, userId: user, outcome, reason, details, attempts } = record;
  return {
    ...{ line, group, user, outcome, reason, attempts },
    detail: describeDetails(details),
    details: details.filter(isRowDetail),
    groupName: groupNames.get(group) ?? null,
    settledAt: record.settledAt?.toISOString() ?? null,
    ...explain(outcome, reason),
  };
}
