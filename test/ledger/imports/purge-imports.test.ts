import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { BulkInsert } from '../../../src/ledger/db/bulk-insert.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findImport, listImports } from '../../../src/ledger/imports/import-store.ts';
import { noticeFinished } from '../../../src/ledger/imports/notices.ts';
import {
  purgeableImports,
  purgeImport,
  purgeRemoved,
} from '../../../src/ledger/imports/purge-imports.ts';
import { hideImport } from '../../../src/ledger/imports/remove-import.ts';
import { ImportEmails } from '../../../src/ledger/pairs/import-emails.ts';
import { insertRowIssues } from '../../../src/ledger/pairs/row-issues.ts';
import { readAllTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, countsOf, importOf, keys } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());
afterEach(async () => {
  await db.updateTable('imports').set({ state: 'removed' }).execute();
  await purgeRemoved(db);
});

const TABLES = [
  ...(['pairs', 'pair_keys', 'user_blocks', 'group_tallies', 'minute_tallies'] as const),
  ...(['row_issues', 'messages', 'tallies', 'chunks', 'audit', 'sent_pairs'] as const),
  ...(['import_emails', 'user_checks', 'group_checks'] as const),
];

/** @returns the number of the import's remaining rows, by table */
async function leftOf(id: number): Promise<Record<string, number>> {
  const left: Record<string, number> = {};
  for (const table of TABLES) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('count'))
      .where('import_id', '=', id)
      .executeTakeFirstOrThrow();
    if (Number(count) > 0) left[table] = Number(count);
  }
  return left;
}

/** Creates a finished import of `pairs` pairs, with `issues` rejects, texts and addresses. */
async function ended(pairs: number, issues = 0): Promise<number> {
  const id = await importOf(db, keys(pairs), { chunkSize: pairs });
  const range = await claimed(db, id);
  const verdict = { outcome: 'invited', reason: 'returned' } as const;
  const settlements = Array.from({ length: pairs }, (_, at) => ({ seq: at + 1, verdict }));
  await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
  // As if each chunk had settled its pairs.
  await db.updateTable('chunks').set({ unsettled: 0 }).where('import_id', '=', id).execute();
  const rows = Array.from({ length: issues }, (_, at) => ({
    ...{ import_id: id, seq: pairs + at + 1, line: at + 1 },
    ...{ outcome: 'rejected' as const, reason: 'bad_row', detail: null },
    ...{ group_cell: '', user_cell: '' },
  }));
  await insertRowIssues(db, rows);
  const texts = new BulkInsert('messages', { digest: 'text', text: 'text' }, { import_id: id });
  await texts.execute(db, issues, (at, values) => values.push(String(at), 'Hello'));
  const emails = Array.from(
    { length: issues },
    (_, at) => [`${at + 1}@example.com`, (at + 1) as UserId] as const,
  );
  await new ImportEmails(id).keep(db, new Map(emails));
  return id;
}

const later = () => new Date(Date.now() + 1_000);

test('purges an ended import with all its rows, and nothing else', async () => {
  const stays = await ended(50, 10);
  const before = await leftOf(stays);
  // More than one part, in each table.
  const goes = await ended(5_500, 5_500);
  expect(await purgeImport(db, goes, later())).toBe(true);
  expect(await leftOf(goes)).toEqual({});
  expect(await leftOf(stays)).toEqual(before);
  expect((await purgeableImports(db, later())).map(({ id }) => id)).toEqual([stays]);
});

test('does not purge an import that runs, is paused, ended recently or has requests in flight', async () => {
  const cancelled = await importOf(db, keys(3));
  const running = await importOf(db, keys(3));
  const paused = await importOf(db, keys(3));
  await changeState(db, paused, ['running'], 'paused');
  await db
    .updateTable('imports')
    .set({ state: 'cancelled', finished_at: 1 })
    .where('id', '=', cancelled)
    .execute();
  const lately = await ended(3);
  expect(await purgeableImports(db, new Date(Date.now() - 60_000))).toEqual([]);
  for (const id of [cancelled, running, paused]) {
    expect(await purgeImport(db, id, later())).toBe(false);
    expect(await leftOf(id)).toMatchObject({ pairs: 3 });
  }
  expect(await purgeImport(db, lately, new Date(Date.now() - 60_000))).toBe(false);
});

test('completes an interrupted removal the next time', async () => {
  const [gone, stays] = [await ended(20), await ended(20)];
  await hideImport(db, gone);
  await db.deleteFrom('pairs').where('import_id', '=', gone).execute();
  expect(await findImport(db, gone)).toBeUndefined();
  expect((await listImports(db)).map(({ id }) => id)).toEqual([stays]);
  expect(await purgeableImports(db, later())).toHaveLength(1);
  expect(countsOf(await readAllTallies(db))).toMatchObject({ 'invited/returned': 20 });
  expect(await purgeRemoved(db)).toBe(1);
  expect(await leftOf(gone)).toEqual({});
  expect(await leftOf(stays)).toMatchObject({ pairs: 20, pair_keys: 20 });
  expect(await purgeRemoved(db)).toBe(0);
});

test('creates no notice about a removed import', async () => {
  const notices = () => db.selectFrom('notices').selectAll().execute();
  const before = await notices();
  await noticeFinished(db, 999_999);
  expect(await notices()).toEqual(before);
});
