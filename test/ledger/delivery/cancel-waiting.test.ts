import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelImport, retryImport } from '../../../src/invite/import-lifecycle.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { cancelWaiting } from '../../../src/ledger/delivery/cancel-waiting.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, countsOf, importOf, keys, recount } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

/** @returns a running import of thirty pairs, one of them failed */
async function failing() {
  const id = await importOf(db, keys(30), { chunkSize: 10 });
  const range = await claimed(db, id, 1);
  const verdict = { outcome: 'failed', reason: 'portal_error' } as const;
  await db.transaction().execute((tx) => recordOutcomes(tx, range, [{ seq: 15, verdict }]));
  const parent = await findImport(db, id);
  if (parent === undefined) throw new Error('no import');
  return parent;
}

test('a retry sets failed pairs to pending, not those that a cancel has not processed yet', async () => {
  const parent = await failing();
  await cancelImport(db, parent, 'me');
  expect(await retryImport(db, parent, 'me', undefined)).toMatchObject({ pairs: 1 });

  // The cancel continues after the retry.
  expect(await cancelWaiting(db, parent.id)).toBe(0);
  const counts = countsOf(await readTallies(db, parent.id));
  expect(counts).toEqual({ 'cancelled/by_user': 29, 'pending/': 1 });
  expect(counts).toEqual(await recount(db, parent.id));
  expect(await findImport(db, parent.id)).toMatchObject({ state: 'running' });
});

test('a cancel does not cancel pairs that a retry has set to pending in the meantime', async () => {
  const parent = await failing();
  await cancelImport(db, parent, 'me');
  // One transaction of the cancel processes some chunks; the retry runs before the next.
  const [cancelled] = await Promise.all([
    cancelWaiting(db, parent.id),
    retryImport(db, parent, 'me', undefined),
  ]);
  expect(cancelled).toBeLessThanOrEqual(29);
  expect(countsOf(await readTallies(db, parent.id))).toEqual({
    'cancelled/by_user': 29,
    'pending/': 1,
  });
});
