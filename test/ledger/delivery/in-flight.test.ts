import { expect, test } from 'vitest';
import { retryImport } from '../../../src/invite/import-lifecycle.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { countInFlight, countLeftOut } from '../../../src/ledger/delivery/in-flight.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys, PORTAL } from '../sample-pairs.ts';

interface Marks {
  first: number;
  count: number;
  phase?: 'sent' | 'silent' | 'left_out';
  sentInMs?: number;
  overInMs?: number;
}

/** Marks pairs of the first chunk like a request. */
async function mark(
  db: Db,
  id: number,
  { first, count, phase = 'sent', sentInMs = 0, overInMs = 60_000 }: Marks,
) {
  const pairs = await db
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'user_id'])
    .where('import_id', '=', id)
    .where('seq', '>=', first)
    .orderBy('seq')
    .limit(count)
    .execute();
  const [sent_at, ends_by] = [Date.now() + sentInMs, Date.now() + overInMs];
  const request = { request_id: 'r', phase, sent_at, ends_by };
  const rows = pairs.map((pair) => ({
    ...{ ...pair, ...request, portal: PORTAL, import_id: id, chunk: 0 },
  }));
  await db.insertInto('sent_pairs').values(rows).execute();
}

test('counts sent pairs without an outcome, whatever the phase of their request', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(20));
  expect(await countInFlight(db, [id])).toEqual(new Map());
  await mark(db, id, { first: 1, count: 3 });
  await mark(db, id, { first: 4, count: 2, phase: 'silent', overInMs: 30_000 });
  await mark(db, id, { first: 6, count: 4, overInMs: -1_000 });
  await mark(db, id, { first: 10, count: 5, phase: 'left_out' });
  // The clock was set back by an hour.
  await mark(db, id, { first: 15, count: 3, sentInMs: 3_540_000, overInMs: 3_600_000 });
  expect(await countInFlight(db, [id])).toEqual(new Map([[id, 17]]));
  expect(await countLeftOut(db, [id])).toEqual(new Map([[id, 5]]));
  // An outcome that came with an earlier request's answer.
  await db.updateTable('pairs').set({ outcome: 'invited' }).where('seq', '=', 1).execute();
  expect(await countInFlight(db)).toEqual(new Map([[id, 16]]));
  expect(await countInFlight(db, [id + 1])).toEqual(new Map());
  expect(await countInFlight(db, [])).toEqual(new Map());
});

test('counts unknown pairs that a retry has marked', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(3));
  const verdict = { outcome: 'unknown', reason: 'no_answer' } as const;
  const chunk = { import_id: id, number: 0 };
  const settlements = [1, 2, 3].map((seq) => ({ seq, verdict }));
  await db.transaction().execute((tx) => recordOutcomes(tx, chunk, settlements));
  const parent = await findImport(db, id);
  if (parent === undefined) throw new Error('no import');
  await retryImport(db, parent, 'me', undefined);
  expect(await db.selectFrom('sent_pairs').selectAll().execute()).toHaveLength(3);
  expect(await countInFlight(db, [id])).toEqual(new Map([[id, 3]]));
});
