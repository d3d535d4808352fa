import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { createImport, findImport } from '../../../src/ledger/imports/import-store.ts';
import {
  asReader,
  Reading,
  type ReadingRight,
  takeReading,
} from '../../../src/ledger/imports/ingest-lease.ts';
import { ReadingLost } from '../../../src/ledger/imports/reading-lost.ts';
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

async function taken(id: number): Promise<ReadingRight> {
  const right = await takeReading(db, id);
  if (right === undefined) throw new Error(`somebody else reads import ${id}`);
  return right;
}

const setUntil = (id: number, until: number) =>
  db.updateTable('imports').set({ reading_until: until }).where('id', '=', id).execute();

const write = (id: number) => (tx: Db) =>
  addToTallies(tx, id, [{ outcome: 'pending', reason: null, count: 1 }]);

test('a file is read by one at a time', async () => {
  const id = await createImport(db, SOURCE);
  const reading = new Reading(db, await taken(id));
  expect(await takeReading(db, id)).toBeUndefined();
  await reading[Symbol.asyncDispose]();
  await taken(id);
});

test('whoever has the right writes, whoever lost it does not, and cannot give it back', async () => {
  const id = await createImport(db, SOURCE);
  const first = await taken(id);
  await asReader(db, first, write(id));
  await setUntil(id, 0);
  const second = await taken(id);
  await expect(asReader(db, first, write(id))).rejects.toThrow(ReadingLost);
  await expect(emptyImport(db, first)).rejects.toThrow(ReadingLost);
  await new Reading(db, first)[Symbol.asyncDispose]();
  expect(await takeReading(db, id)).toBeUndefined();
  await asReader(db, second, write(id));
  expect(await readTallies(db, id)).toMatchObject([{ count: 2 }]);
});

test('a lease that is over is still its holder’s when nobody else took it', async () => {
  const id = await createImport(db, SOURCE);
  const right = await taken(id);
  await setUntil(id, 0);
  await asReader(db, right, write(id));
  expect(await findImport(db, id)).toMatchObject({ state: 'reading' });
});

test('a lease that lies further ahead than any can is of a clock that was set back', async () => {
  const id = await createImport(db, SOURCE);
  await taken(id);
  await setUntil(id, Date.now() + 3_600_000);
  await taken(id);
});
