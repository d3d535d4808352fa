import type { ImportRecord } from '../../ledger/results/import-record.ts';
import { explain } from '../../messages/explain.ts';
import { describeDetails, isRowDetail } from '../../messages/row-details.ts';
import type { PairRecord } from '../schemas/pair-schema.ts';
import type { NamesOfRecords } from './record-names.ts';

/** @returns a record of the results for the API, with its meaning as text */
export function recordView(
  record: ImportRecord,
  names?: Pick<NamesOfRecords, 'groups' | 'users' | 'corrections'>,
): PairRecord {
  const { line, groupId: group, userId: user, outcome, reason, details, attempts } = record;
  return {
    place: record.seq,
    ...{ line, group, user, outcome, reason, attempts },
    detail: describeDetails(details),
    details: details.filter(isRowDetail),
    userName: names?.users.get(user) ?? null,
    groupName: names?.groups.get(group) ?? null,
    corrected: names?.corrections.get(record.seq) ?? null,
    settledAt: record.settledAt?.toISOString() ?? null,
    ...explain(outcome, reason),
  };
}
