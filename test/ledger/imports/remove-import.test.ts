import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoredImportState } from '../../../src/domain/imports/import.ts';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import type { CodedText } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { setProblem } from '../../../src/ledger/imports/import-problem.ts';
import { findReplacement, replaceImport } from '../../../src/ledger/imports/import-redirects.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { acquireIngestLease } from '../../../src/ledger/imports/ingest-lease.ts';
import { hasRemovals, purgeRemoved } from '../../../src/ledger/imports/purge-imports.ts';
import { deleteUnread, emptyImport } from '../../../src/ledger/imports/remove-import.ts';
import { ImportEmails } from '../../../src/ledger/pairs/import-emails.ts';
import { searchRecords } from '../../../src/ledger/results/search-records.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, insertPairs, keys, newPairs, removeImport } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const TABLES = [
  'pairs',
  'pair_keys',
  'user_blocks',
  'group_tallies',
  'tallies',
  'chunks',
  'import_emails',
] as const;

async function counts(importId: number): Promise<number[]> {
  const all: number[] = [];
  for (const table of TABLES) {
    const rows = await db
      .selectFrom(table)
      .select('import_id')
      .where('import_id', '=', importId)
      .execute();
    all.push(rows.length);
  }
  return all;
}

/** More than one part. */
const MANY = 5_500;

const nameByEmail = (id: number) =>
  new ImportEmails(id).keep(db, new Map([['a@example.com', 7 as UserId]]));

test('removes an import with all its rows, and no other import', async () => {
  const [gone, stays] = [await importOf(db, keys(MANY)), await importOf(db, keys(30))];
  for (const id of [gone, stays]) await nameByEmail(id);
  const before = await counts(stays);
  await removeImport(db, gone);
  expect(await findImport(db, gone)).toBeUndefined();
  expect(await counts(gone)).toEqual(TABLES.map(() => 0));
  expect(await counts(stays)).toEqual(before);
  await removeImport(db, gone);
});

const PROBLEM = { code: 'names_not_asked', params: {} };

test.each<[goes: boolean, what: string, become: (id: number) => Promise<unknown>]>([
  [true, 'is being read', async () => {}],
  [true, 'could not be read', (id) => endReading(id, 'cancelled', PROBLEM)],
  [false, 'was read', (id) => endReading(id, 'ready')],
  [
    false,
    'was started',
    async (id) => {
      await endReading(id, 'ready');
      await changeState(db, id, ['ready'], 'running');
    },
  ],
  [false, 'was paused', (id) => endReading(id, 'paused')],
  [false, 'was cancelled by a user', (id) => endReading(id, 'cancelled')],
  [false, 'is read by another process', (id) => acquireIngestLease(db, id, { byForce: true })],
])('the reader of a file removes its import: %s, when it %s', async (goes, _, become) => {
  const id = await importOf(db, keys(3), { state: 'reading' });
  const lease = await acquireIngestLease(db, id);
  if (lease === undefined) throw new Error('another process reads it');
  await become(id);
  const before = await findImport(db, id);
  expect(await deleteUnread(db, lease)).toBe(goes);
  expect(await findImport(db, id)).toEqual(goes ? undefined : before);
});

async function endReading(id: number, state: StoredImportState, problem?: CodedText) {
  await changeState(db, id, ['reading'], state);
  if (problem !== undefined) await setProblem(db, id, problem);
}

test('fills an emptied import again', async () => {
  const id = await importOf(db, keys(MANY), { state: 'reading' });
  await nameByEmail(id);
  const lease = await acquireIngestLease(db, id);
  if (lease === undefined) throw new Error('another process reads it');
  await emptyImport(db, lease);
  expect(await findImport(db, id)).toMatchObject({ rows: 0, pairs: 0, rejectedRows: 0 });
  expect(await counts(id)).toEqual(TABLES.map(() => 0));
  expect(await readTallies(db, id)).toEqual([]);
  await insertPairs(db, id, newPairs(keys(7)));
  expect((await searchRecords(db, id, {}, { limit: 50 })).records).toHaveLength(7);
});

test('gives no lease on an import that was read completely', async () => {
  const id = await importOf(db, keys(3), { state: 'ready' });
  expect(await acquireIngestLease(db, id)).toBeUndefined();
  expect(await acquireIngestLease(db, id, { byForce: true })).toBeUndefined();
});

test('finds the replacement of an import while the replacement exists', async () => {
  const [first, second] = [await importOf(db, keys(3)), await importOf(db, keys(3))];
  await db.updateTable('imports').set({ started_at: null }).where('id', '=', first).execute();
  await replaceImport(db, first, second);
  expect(await findImport(db, first)).toBeUndefined();
  expect(await hasRemovals(db)).toBe(true);
  await purgeRemoved(db, () => true);
  expect(await hasRemovals(db)).toBe(true);
  await purgeRemoved(db);
  expect(await hasRemovals(db)).toBe(false);
  expect(await counts(first)).toEqual(TABLES.map(() => 0));
  expect(await findReplacement(db, first)).toBe(second);
  await removeImport(db, second);
  expect(await findReplacement(db, first)).toBeUndefined();
  expect(await findReplacement(db, 9_999_999_999)).toBeUndefined();
});
