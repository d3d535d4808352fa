import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { NAME_COLUMNS, RESULT_COLUMNS } from './own-results.ts';

export type Cell = string | number | Date | null;

/** Names of our columns in results. */
export const RESULT_HEADER = [...RESULT_COLUMNS, ...NAME_COLUMNS] as const;

/** @returns a record's cells in the order of {@link RESULT_HEADER} */
export const resultCells = (record: ResultRecord): Cell[] => [
  record.line,
  record.groupId,
  record.userId,
  record.outcome,
  record.reason,
  describeDetails(record.details),
  record.attempts,
  record.settledAt,
  record.userName ?? null,
  record.groupName ?? null,
];
