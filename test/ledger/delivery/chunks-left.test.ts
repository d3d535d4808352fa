import { afterAll, beforeAll, expect, test } from 'vitest';
import { divideIntoChunks } from '../../../src/ledger/delivery/chunks.ts';
import { readChunksLeft } from '../../../src/ledger/delivery/chunks-left.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, type Key } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

test('counts the chunks with pending pairs, and the requests that carry these', async () => {
  const { db } = ledger;
  const users = Array.from({ length: 10 }, (_, at): Key => [5, at + 2]);
  const id = await importOf(db, users);
  await db.deleteFrom('chunks').where('import_id', '=', id).execute();
  await divideIntoChunks(db, id, { size: 4, maxGroups: 50 });
  const left = async () => (await readChunksLeft(db, [id], 3)).get(id);
  expect(await left()).toEqual({
    ...{ pairs: 10, requests: 2 + 2 + 1, count: 3, largest: 4, first: 0, last: 2 },
  });
  const range = await claimed(db, id, 0);
  const verdict = { outcome: 'failed', reason: 'declined' } as const;
  const pairs = await readSendable(db, range);
  await recordOutcomes(
    db,
    range,
    pairs.map(({ seq }) => ({ seq, verdict })),
  );
  expect(await left()).toEqual({
    ...{ pairs: 6, requests: 2 + 1, count: 2, largest: 4, first: 1, last: 2 },
  });
});
