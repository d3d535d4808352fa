import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Import } from '../../../src/domain/imports/import.ts';
import type { Settled } from '../../../src/domain/pairs/outcome.ts';
import { cancelImport, orderRetry, retryImport } from '../../../src/invite/import-lifecycle.ts';
import { leaveOutChosen } from '../../../src/invite/orders/leave-out-chosen.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { cancelWaiting } from '../../../src/ledger/delivery/cancel-waiting.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { isRetrying } from '../../../src/ledger/delivery/retry-orders.ts';
import { retryOrdered, retrySome } from '../../../src/ledger/delivery/retry-pairs.ts';
import { readLastRetries } from '../../../src/ledger/delivery/retry-results.ts';
import { markSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { readAudit } from '../../../src/ledger/imports/audit.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { claimed, countsOf, importOf, keys, recount } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const DECLINED: Settled = { outcome: 'failed', reason: 'declined' };
const ERROR: Settled = { outcome: 'failed', reason: 'portal_error' };
const UNKNOWN: Settled = { outcome: 'unknown', reason: 'no_answer' };

let portals = 0;
const newPortal = () => `retry-${++portals}.bitrix24.com`;

/** @returns a finished import of `chunks` chunks with ten pairs each, all with the given outcome */
async function ended(chunks: number, settled: Settled, portal = newPortal()): Promise<Import> {
  const id = await importOf(db, keys(chunks * 10), { chunkSize: 10, portal });
  for (const number of await unsettledChunks(db, id)) {
    await settle(id, number, settled);
  }
  return current(id);
}

async function settle(id: number, number: number, verdict: Settled): Promise<void> {
  const range = await claimed(db, id, number);
  const seqs = (await readSendable(db, range)).map(({ seq }) => seq);
  await db.transaction().execute((tx) =>
    recordOutcomes(
      tx,
      range,
      seqs.map((seq) => ({ seq, verdict })),
    ),
  );
}

async function current(id: number): Promise<Import> {
  const found = await findImport(db, id);
  if (found === undefined) throw new Error(`no import ${id}`);
  return found;
}

async function counts(id: number) {
  const found = countsOf(await readTallies(db, id));
  expect(found).toEqual(await recount(db, id));
  return found;
}

test('continues a retry that a killed process began; the import does not finish before', async () => {
  const parent = await ended(3, ERROR);
  const { id } = parent;
  expect(await orderRetry(db, parent, 'me', undefined)).toEqual({
    ...{ ok: true, state: 'running', pairs: 30 },
  });
  expect(await retrySome(db, id, 0)).toMatchObject({ pairs: 10, isDone: false });
  expect(await counts(id)).toEqual({ 'pending/': 10, 'failed/portal_error': 20 });
  await settle(id, 0, DECLINED);
  expect(await current(id)).toMatchObject({ state: 'running' });

  // Pairs that failed again are not set to pending twice.
  expect(await retryOrdered(db, id)).toBe(20);
  expect(await counts(id)).toEqual({ 'pending/': 20, 'failed/declined': 10 });
  expect(await unsettledChunks(db, id)).toEqual([1, 2]);
  for (const number of [1, 2]) await settle(id, number, DECLINED);
  expect(await current(id)).toMatchObject({ state: 'finished' });
});

test('counts how many of the retried pairs are invited, and records it at the end', async () => {
  const parent = await ended(3, ERROR);
  const { id } = parent;
  await retryImport(db, parent, 'me', undefined);
  await settle(id, 0, { outcome: 'invited', reason: 'returned' });
  const lastRetry = async () => (await readLastRetries(db, [id])).get(id);
  expect(await lastRetry()).toMatchObject({ pairs: 30, invited: 10, reason: null });
  for (const number of [1, 2]) await settle(id, number, DECLINED);
  expect(await lastRetry()).toMatchObject({ pairs: 30, invited: 10 });
  expect((await readAudit(db, id)).slice(-3)).toMatchObject([
    { action: 'retry', actor: 'me' },
    { action: 'retry result', detail: { code: 'retried', params: { pairs: 30, invited: 10 } } },
    { action: 'finish', detail: { code: 'result', params: { invited: 10, attention: 20 } } },
  ]);
  // Of a second retry, only its own pairs count.
  await retryImport(db, parent, 'me', 'declined');
  expect(await lastRetry()).toMatchObject({ pairs: 20, invited: 0, reason: 'declined' });
});

test('sends what a cancel had left, on request', async () => {
  const parent = await ended(2, ERROR);
  const { id } = parent;
  await retryImport(db, parent, 'me', undefined);
  await cancelImport(db, parent, 'me');
  await cancelWaiting(db, id);
  expect(await retryImport(db, parent, 'me', undefined)).toMatchObject({ pairs: 0 });
  expect(await current(id)).toMatchObject({ state: 'cancelled' });
  expect(await retryImport(db, parent, 'me', 'by_user')).toMatchObject({
    ...{ pairs: 20, state: 'running' },
  });
  expect(await counts(id)).toEqual({ 'pending/': 20 });
});

test('ends a retry when the import is cancelled', async () => {
  const parent = await ended(3, ERROR);
  const { id } = parent;
  await orderRetry(db, parent, 'me', undefined);
  await retrySome(db, id, 0);
  expect(await cancelImport(db, parent, 'me')).toMatchObject({ ok: true, pairs: 10 });
  expect(await retryOrdered(db, id)).toBe(0);
  expect(await cancelWaiting(db, id)).toBe(10);
  expect(await counts(id)).toEqual({ 'cancelled/by_user': 10, 'failed/portal_error': 20 });
  expect(await current(id)).toMatchObject({ state: 'cancelled' });
});

test('completes an earlier retry with the next one', async () => {
  const parent = await ended(2, ERROR);
  const { id } = parent;
  await orderRetry(db, parent, 'me', undefined);
  await retrySome(db, id, 0);
  await settle(id, 0, DECLINED);
  expect(await retryImport(db, parent, 'me', 'declined')).toMatchObject({ ok: true, pairs: 10 });
  expect(await counts(id)).toEqual({ 'pending/': 20 });
  expect(await isRetrying(db, id)).toBe(false);
});

test('changes no pairs that another import has in flight, and the import finishes again', async () => {
  const portal = newPortal();
  const parent = await ended(1, UNKNOWN, portal);
  const other = await claimed(db, await importOf(db, keys(10), { portal }));
  const request = { id: 'r', lifetimeMs: 60_000 };
  await markSent(db, portal, other, request, await readSendable(db, other));
  await retryImport(db, parent, 'me', undefined);
  expect(await counts(parent.id)).toEqual({ 'unknown/no_answer': 10 });
  expect(await current(parent.id)).toMatchObject({ state: 'finished' });
});

test('sets each pair to pending once when several processes retry at the same time', async () => {
  const parent = await ended(20, ERROR);
  const { id } = parent;
  await orderRetry(db, parent, 'me', undefined);
  // Two connections to a SQLite file in one process would block each other.
  const other = isOnPostgres ? await openLedger(ledger.place) : db;
  const done = await Promise.all([db, other, db].map((one) => retryOrdered(one, id)));
  if (other !== db) await other.destroy();
  expect(done.reduce((sum, pairs) => sum + pairs, 0)).toBe(200);
  expect(await counts(id)).toEqual({ 'pending/': 200 });
  expect(await unsettledChunks(db, id)).toHaveLength(20);
});

test('retries exactly the chosen pairs, and leaves out exactly the chosen ones', async () => {
  const parent = await ended(3, ERROR);
  const { id } = parent;
  const chosen = { places: [1, 2, 15] };
  expect(await orderRetry(db, parent, 'me', undefined, chosen)).toMatchObject({ pairs: 3 });
  expect(await retryOrdered(db, id)).toBe(3);
  expect(await counts(id)).toEqual({ 'pending/': 3, 'failed/portal_error': 27 });
  expect(await unsettledChunks(db, id)).toEqual([0, 1]);

  expect(await leaveOutChosen(db, parent, 'me', { places: [1, 20] })).toMatchObject({ pairs: 1 });
  expect(await counts(id)).toEqual({
    ...{ 'pending/': 2, 'failed/portal_error': 27, 'cancelled/by_user': 1 },
  });
  // The last pending pair finishes the import.
  expect(await leaveOutChosen(db, parent, 'me', {})).toMatchObject({ pairs: 2, state: 'finished' });
  expect(await leaveOutChosen(db, parent, 'me', {})).toMatchObject({ ok: false });
  expect(await orderRetry(db, parent, 'me', undefined, { places: [1] })).toMatchObject({
    ...{ ok: true, pairs: 1 },
  });
});

test('leaves out no pair that is in a request', async () => {
  const portal = newPortal();
  const id = await importOf(db, keys(4), { portal });
  const range = await claimed(db, id);
  const pairs = await readSendable(db, range);
  await markSent(db, portal, range, { id: 'r', lifetimeMs: 60_000 }, pairs.slice(0, 1));
  expect(await leaveOutChosen(db, await current(id), 'me', {})).toMatchObject({ pairs: 3 });
  expect(await counts(id)).toEqual({ 'pending/': 1, 'cancelled/by_user': 3 });
});
