import type { PairFinding } from '../../domain/imports/import-check.ts';
import { groupId as toGroupId, userId as toUserId, type UserId } from '../../domain/pairs/ids.ts';
import { findClosedGroups } from '../checks/group-checks.ts';
import { readUserChecks } from '../checks/user-checks.ts';
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
  /** Only pairs of which the check before the start found this. */
  found?: PairFinding | undefined;
}

/** The same with the meaning of the text in one import. */
export interface Wanted extends WantedRecords {
  matches: TextMatches | undefined;
  /** The people or the groups that `found` stands for; undefined also when it is about pairs. */
  checked: Checked | undefined;
}

type Checked = Pick<TextMatches, 'users' | 'groups'>;

export async function resolveWanted(
  db: Db,
  importId: number,
  { text, ...wanted }: WantedRecords,
): Promise<Wanted> {
  const isText = text !== undefined && text.trim() !== '';
  const { found } = wanted;
  return {
    ...wanted,
    matches: isText ? await findText(db, importId, text) : undefined,
    checked:
      found === undefined || isOfPairs(found) ? undefined : await findChecked(db, importId, found),
  };
}

/** Whether a finding is about pairs, and not about all pairs of a person or group. */
export const isOfPairs = (found: PairFinding): found is OfPairs =>
  found === 'present' || found === 'failing';

export type OfPairs = Extract<PairFinding, 'present' | 'failing'>;

async function findChecked(
  db: Db,
  importId: number,
  found: Exclude<PairFinding, OfPairs>,
): Promise<Checked> {
  if (found === 'closed') {
    return { users: new Set(), groups: await findClosedGroups(db, importId) };
  }
  const users = new Set<UserId>();
  for await (const { id } of readUserChecks(db, importId, found)) users.add(id);
  return { users, groups: new Set() };
}

/** Whether criteria concern more than outcome and reason. */
export const isSelective = ({ text, places, groupId, userId, found }: WantedRecords): boolean =>
  [text, places, groupId, userId, found].some((one) => one !== undefined);

const isIssue = ({ outcome }: ImportRecord): boolean =>
  outcome === 'rejected' || outcome === 'duplicate';

/** @returns whether a record meets all criteria */
export function isWanted(record: ImportRecord, wanted: Wanted): boolean {
  const { outcome, reason, groupId, matches, checked } = wanted;
  if (outcome !== undefined && record.outcome !== outcome) return false;
  if (reason === 'of_line_N' && record.outcome !== 'duplicate') return false;
  if (reason !== undefined && reason !== 'of_line_N' && record.reason !== reason) return false;
  if (groupId !== undefined && record.groupId !== String(groupId)) return false;
  if (wanted.userId !== undefined && record.userId !== String(wanted.userId)) return false;
  if (checked !== undefined && (isIssue(record) || !isAmong(record, checked))) return false;
  return matches === undefined || isMeant(record, matches);
}

function isAmong(record: ImportRecord, { users, groups }: Checked): boolean {
  const [user, group] = [toUserId(Number(record.userId)), toGroupId(Number(record.groupId))];
  return (user !== undefined && users.has(user)) || (group !== undefined && groups.has(group));
}

function isMeant(record: ImportRecord, { words, ...among }: TextMatches): boolean {
  if (isAmong(record, among)) return true;
  if (!isIssue(record)) return false;
  const cells = fold(`${record.userId} ${record.groupId}`);
  return words.every((word) => cells.includes(word));
}
