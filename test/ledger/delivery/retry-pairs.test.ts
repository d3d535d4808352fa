import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settled } from '../../../src/domain/pairs/outcome.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { cancelWaiting } from '../../../src/ledger/delivery/cancel-waiting.ts';
import { readSent } from '../../../src/ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { retryPairs } from '../../../src/ledger/delivery/retry-pairs.ts';
import { markLeftOut, markSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { claimed, countsOf, importOf, keys, SETTLED } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
let portals = 0;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const newPortal = () => `portal-${++portals}.bitrix24.com`;

async function pairResults(importId: number): Promise<string[]> {
  const list = [];
  for await (const { outcome, reason, details, attempts } of readRecords(db, importId)) {
    list.push(
      [outcome, reason, describeDetails(details), attempts]
        .filter((part) => part !== null)
        .join(' '),
    );
  }
  return list;
}

const tallies = async (importId: number) => countsOf(await readTallies(db, importId));

describe('cancelWaiting', () => {
  test('cancels pending pairs, but not those in a request or with an outcome', async () => {
    const portal = newPortal();
    const id = await importOf(db, keys(6), { portal, chunkSize: 4 });
    const other = await importOf(db, keys(6), { portal });
    const [first, second] = [await claimed(db, id, 0), await claimed(db, id, 1)];
    const pairs = await readSendable(db, first);
    await recordOutcomes(db, first, [
      { seq: 1, verdict: { outcome: 'failed', reason: 'declined' } },
    ]);
    await markSent(db, portal, first, { id: 'r', lifetimeMs: 0 }, pairs.slice(1, 3));
    await markLeftOut(db, id, 'r', [3]);
    await changeState(db, id, ['running'], 'cancelled');

    expect(await db.transaction().execute((tx) => cancelWaiting(tx, id))).toBe(3);
    expect(await pairResults(id)).toEqual([
      'failed declined 0',
      'pending 1',
      'pending 1',
      ...['cancelled by_user 0', 'cancelled by_user 0', 'cancelled by_user 0'],
    ]);
    expect(await tallies(id)).toEqual({
      'failed/declined': 1,
      'pending/': 2,
      'cancelled/by_user': 3,
    });
    expect(await unsettledChunks(db, id)).toEqual([0]);
    expect(await readSendable(db, second)).toEqual([]);
    expect((await readSent(db, first)).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await tallies(other)).toEqual({ 'pending/': 6 });
  });

  test('cancels each pair once', async () => {
    const id = await importOf(db, keys(2), { portal: newPortal(), state: 'cancelled' });
    expect(await cancelWaiting(db, id)).toBe(2);
    expect(await cancelWaiting(db, id)).toBe(0);
    expect(await tallies(id)).toEqual({ 'cancelled/by_user': 2 });
  });
});

describe('retryPairs', () => {
  /** @returns an import with one pair of each outcome, all settled after one attempt */
  async function settledImport(portal = newPortal()) {
    const id = await importOf(db, keys(SETTLED.length), { portal, chunkSize: 5 });
    for (const number of await unsettledChunks(db, id)) {
      const range = await claimed(db, id, number);
      const pairs = await readSendable(db, range);
      await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, pairs);
      const settlements = pairs.flatMap(({ seq }) => {
        const settled = SETTLED[seq - 1];
        return settled ? [{ seq, verdict: { ...settled, details: [verbatim('why')] } }] : [];
      });
      await recordOutcomes(db, range, settlements);
    }
    return id;
  }

  const retried = ({ outcome, reason }: Settled) =>
    (outcome === 'failed' || outcome === 'unknown') && reason !== 'user_not_found';
  const unchanged = ({ outcome, reason }: Settled) => `${outcome} ${reason} why 1`;

  test('changes nothing when nothing failed', async () => {
    const id = await importOf(db, keys(1), { portal: newPortal() });
    expect(await retryPairs(db, id, undefined)).toBe(0);
    expect(await retryPairs(db, id, 'declined')).toBe(0);
    expect(await pairResults(id)).toEqual(['pending 0']);
  });

  test('sets pairs to pending that another try can help, with zero attempts', async () => {
    const id = await settledImport();
    expect(await retryPairs(db, id, undefined)).toBe(SETTLED.filter(retried).length);
    expect(await pairResults(id)).toEqual(
      SETTLED.map((settled) => (retried(settled) ? 'pending 0' : unchanged(settled))),
    );
    expect((await tallies(id))['pending/']).toBe(SETTLED.filter(retried).length);
    expect(await unsettledChunks(db, id)).toEqual([1, 2]);
  });

  test('retries only pairs with the given reason', async () => {
    const id = await settledImport();
    expect(await retryPairs(db, id, 'declined')).toBe(1);
    expect(await pairResults(id)).toEqual(
      SETTLED.map((settled) => (settled.reason === 'declined' ? 'pending 0' : unchanged(settled))),
    );
    expect(await unsettledChunks(db, id)).toEqual([1]);
  });

  test.each(['by_user', 'user_not_found'])('retries %s only if it is named', async (reason) => {
    const id = await settledImport();
    expect(await retryPairs(db, id, reason)).toBe(1);
    const [expected] = SETTLED.flatMap((settled, i) => (settled.reason === reason ? [i] : []));
    expect((await pairResults(id)).indexOf('pending 0')).toBe(expected);
  });

  test('marks a pair that got no answer, so that its group is read before it is sent', async () => {
    const id = await settledImport();
    await retryPairs(db, id, undefined);
    const [failed, unknown] = [await claimed(db, id, 1), await claimed(db, id, 2)];
    expect(await readSent(db, failed)).toEqual([]);
    expect(await readSendable(db, failed)).toHaveLength(4);
    // An answer left this pair out: it was not invited, and may be sent again.
    expect(await readSendable(db, unknown)).toMatchObject([{ seq: 12 }]);
    const [mark, ...more] = await readSent(db, unknown);
    expect(more).toEqual([]);
    expect(mark).toMatchObject({ seq: 11, phase: 'sent', attempts: 0 });
    expect(mark?.overInMs).toBeLessThanOrEqual(0);
  });
});
