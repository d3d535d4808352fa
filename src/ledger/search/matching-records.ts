import type { Db } from '../db/schema.ts';
import { type ImportRecord, toIssueRecord, toPairRecord } from '../results/import-record.ts';
import { issueSource } from '../results/issue-source.ts';
import { merged, pairSource, type RecordSource, reasonSource } from '../results/record-sources.ts';
import { readTallies } from '../tallies/tallies.ts';
import { atPlaces } from './at-places.ts';
import { findingSource } from './finding-source.ts';
import { findPlaces } from './places.ts';
import {
  isOfPairs,
  isWanted,
  resolveWanted,
  type Wanted,
  type WantedRecords,
} from './wanted-records.ts';

const RECORDS_PER_PAGE = 1_000;

/**
 * Reads the records of an import that meet the criteria, in the order of the file, through the index that
 * leads to the fewest.
 *
 * @param after only records at places behind this one. @default the beginning
 */
export async function* matchingRecords(
  db: Db,
  importId: number,
  criteria: WantedRecords,
  after = 0,
): AsyncGenerator<ImportRecord> {
  const wanted = await resolveWanted(db, importId, criteria);
  const source = merged(await sourcesOf(db, importId, wanted));
  for (let last = after; ; ) {
    const page = await source([last], RECORDS_PER_PAGE);
    for (const { record } of page) if (isWanted(record, wanted)) yield record;
    const end = page.at(-1);
    if (end === undefined || page.length < RECORDS_PER_PAGE) return;
    last = end.record.seq;
  }
}

async function sourcesOf(db: Db, importId: number, wanted: Wanted): Promise<RecordSource[]> {
  if (wanted.found !== undefined && isOfPairs(wanted.found)) {
    return [await findingSource(db, importId, wanted.found, wanted.places)];
  }
  const { outcome, reason, places } = wanted;
  const ofIssues =
    wanted.found === undefined &&
    (outcome === undefined || outcome === 'rejected' || outcome === 'duplicate');
  const ofPairs = !['rejected', 'duplicate'].includes(outcome ?? '') && reason !== 'of_line_N';
  const sources: RecordSource[] = [];
  if (ofIssues) {
    const isRepeat = reason === 'of_line_N';
    const { groupId, userId } = wanted;
    const criteria = isRepeat ? { outcome: 'duplicate' as const } : { outcome, reason };
    sources.push(
      places === undefined
        ? issueSource(db, importId, { ...criteria, groupId, userId })
        : atPlaces(places, (some) => issuesAt(db, importId, some)),
    );
  }
  if (!ofPairs) return sources;
  const found = await findPlaces(db, importId, wanted);
  const reasons = await reasonsOf(db, importId, wanted);
  const few = reasons.reduce((sum, { count }) => sum + count, 0);
  const isNarrow = places !== undefined || reasons.length === 0 || (found?.length ?? 0) <= few;
  if (found !== undefined && isNarrow) {
    sources.push(atPlaces(found, (some) => pairsAt(db, importId, some)));
  } else if (outcome !== 'pending' && (outcome !== undefined || reason !== undefined)) {
    for (const one of reasons) sources.push(reasonSource(db, importId, one.reason, { outcome }));
  } else sources.push(pairSource(db, importId));
  return sources;
}

/** @returns the reasons of the wanted pairs, each with its number of pairs */
async function reasonsOf(db: Db, importId: number, { outcome, reason }: Wanted) {
  const tallies = await readTallies(db, importId);
  return tallies.flatMap((tally) =>
    tally.reason !== null &&
    tally.outcome !== 'rejected' &&
    tally.outcome !== 'duplicate' &&
    (outcome === undefined || tally.outcome === outcome) &&
    (reason === undefined || tally.reason === reason)
      ? [{ reason: tally.reason, count: tally.count }]
      : [],
  );
}

async function pairsAt(db: Db, importId: number, seqs: readonly number[]) {
  const rows = await db
    .selectFrom('pairs')
    .selectAll()
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .execute();
  return rows.map(toPairRecord);
}

async function issuesAt(db: Db, importId: number, seqs: readonly number[]) {
  const rows = await db
    .selectFrom('row_issues')
    .selectAll()
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .execute();
  return rows.map(toIssueRecord);
}
