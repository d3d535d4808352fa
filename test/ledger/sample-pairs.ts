import type { StoredImportState } from '../../src/domain/imports/import.ts';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { Outcome, Settled } from '../../src/domain/pairs/outcome.ts';
import type { Db, PairTable } from '../../src/ledger/db/schema.ts';
import { type ChunkRange, claimChunk, divideIntoChunks } from '../../src/ledger/delivery/chunks.ts';
import { PairColumns } from '../../src/ledger/external-sort/pair-columns.ts';
import { changeImport } from '../../src/ledger/imports/change-import.ts';
import { changeState, markReady } from '../../src/ledger/imports/import-state.ts';
import { createImport } from '../../src/ledger/imports/import-store.ts';
import { completeRemoval, hideImport } from '../../src/ledger/imports/remove-import.ts';
import { PairIntake } from '../../src/ledger/pairs/pair-intake.ts';
import { addToTallies, tallyReason } from '../../src/ledger/tallies/tallies.ts';

export const PORTAL = 'example.bitrix24.com';

export const SOURCE = {
  fileName: 'team.csv',
  fileDigest: 'd1',
  portal: PORTAL,
  message: null,
  format: 'as found',
} as const;

/** Outcomes of pairs, each with its reasons. */
export const SETTLED: readonly Settled[] = [
  { outcome: 'invited', reason: 'returned' },
  { outcome: 'invited', reason: 'confirmed' },
  { outcome: 'skipped', reason: 'already_member' },
  { outcome: 'skipped', reason: 'already_invited' },
  { outcome: 'skipped', reason: 'caller' },
  { outcome: 'failed', reason: 'user_not_found' },
  { outcome: 'failed', reason: 'group_not_found' },
  { outcome: 'failed', reason: 'not_allowed' },
  { outcome: 'failed', reason: 'declined' },
  { outcome: 'failed', reason: 'portal_error' },
  { outcome: 'unknown', reason: 'no_answer' },
  { outcome: 'unknown', reason: 'not_explained' },
  { outcome: 'cancelled', reason: 'by_user' },
];

/** A pair as it is read from the file. */
export type NewPair = Pick<PairTable, 'seq' | 'line' | 'group_id' | 'user_id' | 'message_id'>;

export type Key = readonly [group: number, user: number];

/** @returns `count` pairs in order, ten users per group */
export const keys = (count: number): Key[] =>
  Array.from({ length: count }, (_, i) => [1 + Math.floor(i / 10), 1 + (i % 10)]);

/** The pairs as rows of a file with its header on line 1. */
export const newPairs = (list: readonly Key[], firstSeq = 1): NewPair[] =>
  list.map(([group, user], i) => ({
    seq: firstSeq + i,
    line: firstSeq + i + 1,
    group_id: group as GroupId,
    user_id: user as UserId,
    message_id: null,
  }));

export interface SampleOptions {
  chunkSize?: number;
  portal?: string;
  message?: string | null;
  /** Format of the file, as JSON. */
  format?: string;
  state?: StoredImportState;
}

/** @returns the id of a running import with these distinct pairs, divided into chunks */
export async function importOf(
  db: Db,
  list: readonly Key[],
  { chunkSize = 1_000, state = 'running', ...given }: SampleOptions = {},
): Promise<number> {
  const id = await createImport(db, { ...SOURCE, ...given });
  await insertPairs(db, id, newPairs(list));
  await addToTallies(db, id, [{ outcome: 'pending', reason: null, count: list.length }]);
  await divideIntoChunks(db, id, { size: chunkSize, maxGroups: 50 });
  await markReady(db, id, {
    ...{ rows: list.length, pairs: list.length, rejectedRows: 0, emptyTexts: 0 },
  });
  await changeState(db, id, ['ready'], state);
  return id;
}

/** Converts pairs to columns, as a file reader produces them. */
export function inColumns(pairs: readonly NewPair[]): PairColumns {
  const columns = new PairColumns(pairs.length);
  for (const { seq, line, group_id, user_id, message_id } of pairs) {
    columns.messages[columns.add(seq, line, group_id, user_id)] = message_id ?? 0;
  }
  return columns;
}

/** Inserts pairs into an import, all at once. */
export async function insertPairs(
  db: Db,
  importId: number,
  pairs: readonly NewPair[],
): Promise<void> {
  using intake = new PairIntake(importId);
  await intake.append(db, inColumns(pairs));
  await intake.finish((act) => db.transaction().execute(act));
}

/** Claims a chunk for `owner`. */
export async function claimed(db: Db, id: number, number = 0, owner = 'me'): Promise<ChunkRange> {
  const range = await claimChunk(db, id, number, owner);
  if (range === undefined) throw new Error(`import ${id} has nothing to do in chunk ${number}`);
  return range;
}

/** Counts by `outcome/reason`, to compare with tallies. */
export type Counts = Record<string, number>;

export const countsOf = (
  rows: readonly { outcome: Outcome; reason: string | null; count: number }[],
): Counts =>
  Object.fromEntries(
    rows.map(({ outcome, reason, count }) => [`${outcome}/${reason ?? ''}`, count]),
  );

/** @returns the expected tallies, counted from the rows */
export async function recount(db: Db, importId: number): Promise<Counts> {
  const of = (table: 'pairs' | 'row_issues') =>
    db.selectFrom(table).select(['outcome', 'reason']).where('import_id', '=', importId).execute();
  const counts: Counts = {};
  for (const { outcome, reason } of [...(await of('pairs')), ...(await of('row_issues'))]) {
    const key = `${outcome}/${tallyReason(outcome, reason)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Removes an import with all its rows, whatever its state. */
export async function removeImport(db: Db, id: number): Promise<void> {
  await changeImport(db, id, (tx) => hideImport(tx, id));
  await completeRemoval(db, id);
}
