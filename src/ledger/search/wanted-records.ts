import { groupId as toGroupId, userId as toUserId } from '../../domain/pairs/ids.ts';
import { fold } from '../db/fold-text.ts';
import type { Db } from '../db/schema.ts';
import type { ImportRecord } from '../results/import-record.ts';
import type { RecordFilter } from '../results/record-sources.ts';
import { findText, type TextMatches } from './find-text.ts';

/** Criteria for records of an import; a record must meet all that are given. */
export interface WantedRecords extends RecordFilter {
  /** A name, an e-mail address or an ID of a person or group, or a part of a name. */
  text?: string | undefined;
  /** Only records at these places (`seq`). */
  places?: readonly number[] | undefined;
}

/** The same with the meaning of the text in one import. */
export interface Wanted extends WantedRecords {
  matches: TextMatches | undefined;
}

export async function resolveWanted(
  db: Db,
  importId: number,
  { text, ...wanted }: WantedRecords,
): Promise<Wanted> {
  const isText = text !== undefined && text.trim() !== '';
  return { ...wanted, matches: isText ? await findText(db, importId, text) : undefined };
}

/** Whether criteria concern more than outcome and reason. */
export const isSelective = ({ text, places, groupId, userId }: WantedRecords): boolean =>
  [text, places, groupId, userId].some((one) => one !== undefined);

const isIssue = ({ outcome }: ImportRecord): boolean =>
  outcome === 'rejected' || outcome === 'duplicate';

/** @returns whether a record meets all criteria */
export function isWanted(record: ImportRecord, wanted: Wanted): boolean {
  const { outcome, reason, groupId, matches } = wanted;
  if (outcome !== undefined && record.outcome !== outcome) return false;
  if (reason === 'of_line_N' && record.outcome !== 'duplicate') return false;
  if (reason !== undefined && reason !== 'of_line_N' && record.reason !== reason) return false;
  if (groupId !== undefined && record.groupId !== String(groupId)) return false;
  if (wanted.userId !== undefined && record.userId !== String(wanted.userId)) return false;
  return matches === undefined || isMeant(record, matches);
}

function isMeant(record: ImportRecord, { words, users, groups }: TextMatches): boolean {
  const user = toUserId(Number(record.userId));
  if (user !== undefined && users.has(user)) return true;
  const group = toGroupId(Number(record.groupId));
  if (group !== undefined && groups.has(group)) return true;
  if (!isIssue(record)) return false;
  const cells = fold(`${record.userId} ${record.groupId}`);
  return words.every((word) => cells.includes(word));
}
