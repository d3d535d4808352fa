import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { countInGroup } from '../tallies/group-tallies.ts';
import { readTallies } from '../tallies/tallies.ts';
import type { ImportRecord } from './import-record.ts';
import { issueSource } from './issue-source.ts';
import {
  groupSource,
  merged,
  type Position,
  pairSource,
  pendingSource,
  type RecordFilter,
  type RecordSource,
  reasonSource,
  userSource,
} from './record-sources.ts';

/** A page of records, and the position of the next page; undefined after the last. */
export interface RecordPage {
  records: ImportRecord[];
  next: Position | undefined;
}

export interface PageOptions {
  /** `next` of the previous page. @default the beginning */
  after?: Position | undefined;
  limit: number;
}

/**
 * Finds records of an import without reading them all. They are mostly in the order of the file; records
 * of a group are ordered by user, and pending ones by group and user, because the indexes have this order.
 */
export async function searchRecords(
  db: Db,
  importId: number,
  wanted: RecordFilter,
  { after = [0], limit }: PageOptions,
): Promise<RecordPage> {
  const sources = await sourcesOf(db, importId, wanted);
  const records: ImportRecord[] = [];
  let last: Position = after;
  let [number = 0, ...position] = after;
  for (; number < sources.length; number++, position = []) {
    // One more than the limit shows whether there is a next page.
    const found = (await sources[number]?.(position, limit + 1 - records.length)) ?? [];
    for (const { at, record } of found) {
      if (records.length === limit) return { records, next: last };
      records.push(record);
      last = [number, ...at];
    }
  }
  return { records, next: undefined };
}

/** @returns the sources to read, one after the other */
async function sourcesOf(db: Db, importId: number, wanted: RecordFilter): Promise<RecordSource[]> {
  const { outcome, groupId, userId } = wanted;
  const repeats = wanted.reason === 'of_line_N';
  if (repeats && outcome !== undefined && outcome !== 'duplicate') return [];
  const ofIssues: RecordFilter = repeats
    ? { ...wanted, reason: undefined, outcome: 'duplicate' }
    : wanted;
  const hasIssues = isIssue(ofIssues.outcome);
  const issues = hasIssues ? [issueSource(db, importId, ofIssues)] : [];
  if (repeats || outcome === 'rejected' || outcome === 'duplicate') return issues;

  if (groupId !== undefined && userId !== undefined) {
    return [groupSource(db, importId, groupId, wanted), ...issues];
  }
  if (userId !== undefined) return [merged([userSource(db, importId, userId, wanted), ...issues])];
  if (groupId !== undefined) return [...(await inGroup(db, importId, wanted)), ...issues];
  if (outcome === 'pending') {
    return wanted.reason === undefined ? [pendingSource(db, importId)] : [];
  }
  if (outcome === undefined && wanted.reason === undefined) {
    return [merged([pairSource(db, importId), ...issues])];
  }
  return [merged([...(await byReasons(db, importId, wanted)), ...issues])];
}

const isIssue = (outcome: Outcome | undefined): boolean =>
  outcome === undefined || outcome === 'rejected' || outcome === 'duplicate';

/** Reads through the group or through the reasons, whichever has fewer pairs. */
async function inGroup(db: Db, importId: number, wanted: RecordFilter): Promise<RecordSource[]> {
  const { groupId, outcome, reason } = wanted;
  if (groupId === undefined || (await countInGroup(db, importId, groupId, outcome)) === 0)
    return [];
  const all = await countInGroup(db, importId, groupId, undefined);
  const isPart = reason !== undefined || (outcome !== undefined && outcome !== 'pending');
  const total = isPart ? await countWanted(db, importId, wanted) : all;
  return total < all
    ? [merged(await byReasons(db, importId, wanted))]
    : [groupSource(db, importId, groupId, wanted)];
}

async function byReasons(db: Db, importId: number, wanted: RecordFilter): Promise<RecordSource[]> {
  const reasons = (await talliesOf(db, importId, wanted)).map(({ reason }) => reason);
  return [...new Set(reasons)].flatMap((reason) =>
    reason === null ? [] : [reasonSource(db, importId, reason, wanted)],
  );
}

async function countWanted(db: Db, importId: number, wanted: RecordFilter): Promise<number> {
  return (await talliesOf(db, importId, wanted)).reduce((sum, { count }) => sum + count, 0);
}

async function talliesOf(db: Db, importId: number, { outcome, reason }: RecordFilter) {
  const tallies = await readTallies(db, importId);
  return tallies.filter(
    (tally) =>
      tally.outcome !== 'rejected' &&
      tally.outcome !== 'duplicate' &&
      (outcome === undefined || tally.outcome === outcome) &&
      (reason === undefined || tally.reason === reason),
  );
}
