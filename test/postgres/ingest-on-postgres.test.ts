import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../src/ledger/results/read-records.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { claimed, countsOf, PORTAL } from '../ledger/sample-pairs.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../support/ledger/unsettled-chunks.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const take = (open: () => AsyncIterable<Uint8Array>): Promise<number> =>
  takeCsv(db, { fileName: 'a.csv', fileDigest: 'd1', portal: PORTAL, message: 'Default' }, open);

const takeText = (csv: string): Promise<number> =>
  take(async function* () {
    yield Buffer.from(csv);
  });

const tallies = async (id: number) => countsOf(await readTallies(db, id));

test('reports every kind of row, row by row', async () => {
  const id = await take(() =>
    createReadStream(new URL('../../fixtures/messy.csv', import.meta.url)),
  );
  expect(await tallies(id)).toEqual({
    ...{ 'pending/': 16, 'duplicate/of_line_N': 1, 'rejected/bad_row': 7 },
    ...{ 'rejected/missing_user': 1, 'rejected/missing_group': 1, 'rejected/bad_group_id': 6 },
    ...{ 'rejected/unknown_group': 1, 'rejected/bad_user_id': 2 },
  });
  const lines: number[] = [];
  for await (const { line } of readRecords(db, id)) lines.push(line);
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  expect(lines).toHaveLength(35);
});

test('keeps order, messages and duplicates of more rows than one statement takes', async () => {
  const rows = Array.from(
    { length: 2_500 },
    (_, i) => `${1 + (i % 7)},${1 + (i % 300)},Text ${i % 3}\n`,
  );
  const id = await takeText(`group,user,message\n${rows.join('')}`);
  // 7 and 300 have no common divisor: the pairs repeat every 2,100 rows.
  expect(await tallies(id)).toEqual({ 'pending/': 2_100, 'duplicate/of_line_N': 400 });
  for await (const { seq, reason } of readRecords(db, id, { outcome: 'duplicate' })) {
    expect(reason).toBe(`of_line_${seq + 1 - 2_100}`);
  }
  const messages = new Map<number, string | null>();
  for (const number of await unsettledChunks(db, id)) {
    for (const { seq, message } of await readSendable(db, await claimed(db, id, number))) {
      messages.set(seq, message);
    }
  }
  expect(messages.size).toBe(2_100);
  for (const [seq, message] of messages) expect(message).toBe(`Text ${(seq - 1) % 3}`);
});

test('keeps nothing of a file without rows', async () => {
  const before = await db.selectFrom('imports').select('id').execute();
  await expect(takeText('group,user\n')).rejects.toThrow(Problem);
  expect(await db.selectFrom('imports').select('id').execute()).toEqual(before);
  const id = await takeText('group,user\n1,2\n');
  expect(await findImport(db, id)).toMatchObject({ state: 'ready', rows: 1, pairs: 1 });
});
