import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { createImport, findImport } from '../../../src/ledger/imports/import-store.ts';
import {
  acquireIngestLease,
  type IngestLease,
  LeaseRenewal,
  withIngestLease,
} from '../../../src/ledger/imports/ingest-lease.ts';
import { IngestLeaseLost } from '../../../src/ledger/imports/ingest-lease-lost.ts';
import { emptyImport } from '../../../src/ledger/imports/remove-import.ts';
import { addToTallies, readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { SOURCE } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function taken(id: number): Promise<IngestLease> {
  const lease = await acquireIngestLease(db, id);
  if (lease === undefined) throw new Error(`another process reads import ${id}`);
  return lease;
}

const setUntil = (id: number, until: number) =>
  db.updateTable('imports').set({ lease_until: until }).where('id', '=', id).execute();

const write = (id: number) => (tx: Db) =>
  addToTallies(tx, id, [{ outcome: 'pending', reason: null, count: 1 }]);

test('is held by one process at a time', async () => {
  const id = await createImport(db, SOURCE);
  const reading = new LeaseRenewal(db, await taken(id));
  expect(await acquireIngestLease(db, id)).toBeUndefined();
  await reading[Symbol.asyncDispose]();
  await taken(id);
});

test('a process that lost the lease writes nothing, and cannot release it', async () => {
  const id = await createImport(db, SOURCE);
  const first = await taken(id);
  await withIngestLease(db, first, write(id));
  await setUntil(id, 0);
  const second = await taken(id);
  await expect(withIngestLease(db, first, write(id))).rejects.toThrow(IngestLeaseLost);
  await expect(emptyImport(db, first)).rejects.toThrow(IngestLeaseLost);
  await new LeaseRenewal(db, first)[Symbol.asyncDispose]();
  expect(await acquireIngestLease(db, id)).toBeUndefined();
  await withIngestLease(db, second, write(id));
  expect(await readTallies(db, id)).toMatchObject([{ count: 2 }]);
});

test('an expired lease stays valid until another process takes it', async () => {
  const id = await createImport(db, SOURCE);
  const lease = await taken(id);
  await setUntil(id, 0);
  await withIngestLease(db, lease, write(id));
  expect(await findImport(db, id)).toMatchObject({ state: 'reading' });
});

test('a lease with an end too far ahead can be taken: the clock was set back', async () => {
  const id = await createImport(db, SOURCE);
  await taken(id);
  await setUntil(id, Date.now() + 3_600_000);
  await taken(id);
});
