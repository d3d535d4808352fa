import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Verdict } from '../../../src/domain/pairs/outcome.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { hasUnsettled } from '../../../src/ledger/delivery/chunks.ts';
import { readSent } from '../../../src/ledger/delivery/read-sent.ts';
import {
  finishWhenSettled,
  recordOutcomes,
  type Settlement,
} from '../../../src/ledger/delivery/record-outcomes.ts';
import { markSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { noteFailure, readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { readMinutes } from '../../../src/ledger/tallies/minute-tallies.ts';
import { addToTallies, readPending, readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { claimed, countsOf, importOf, keys, SETTLED } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

const RETURNED: Verdict = { outcome: 'invited', reason: 'returned' };
const DECLINED: Verdict = {
  outcome: 'failed',
  reason: 'declined',
  details: [verbatim('no scope')],
};

const settling = (verdict: Verdict, ...seqs: number[]): Settlement[] =>
  seqs.map((seq) => ({ seq, verdict }));

const tallies = async (importId: number) => countsOf(await readTallies(db, importId));

async function records(importId: number) {
  const list = [];
  for await (const record of readRecords(db, importId)) list.push(record);
  return list;
}

describe('recordOutcomes', () => {
  test('counts by whole minutes', async () => {
    const id = await importOf(db, keys(3));
    const range = await claimed(db, id);
    for (const seq of [1, 2, 3]) await recordOutcomes(db, range, settling(RETURNED, seq));
    const minutes = await readMinutes(db, id, 10);
    expect(minutes.map(({ at }) => at.getTime() % 60_000)).toEqual(minutes.map(() => 0));
    // A minute may end meanwhile.
    expect(minutes.length).toBeLessThanOrEqual(2);
    expect(minutes.reduce((sum, { invited }) => sum + invited, 0)).toBe(3);
  });

  test.each(SETTLED)('records $outcome $reason', async (settled) => {
    const id = await importOf(db, keys(3));
    const range = await claimed(db, id);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T10:00:00Z') });
    const settlements = [
      { seq: 1, verdict: { ...settled, details: [verbatim('in its own words')] } },
      { seq: 3, verdict: settled },
    ];
    expect(await recordOutcomes(db, range, settlements)).toBe(2);
    const pair = { line: 2, groupId: '1', attempts: 0 };
    const ended = { ...settled, settledAt: isOnPostgres ? expect.any(Date) : new Date() };
    const waiting = { outcome: 'pending', reason: null, details: [], settledAt: null };
    expect(await records(id)).toEqual([
      { ...pair, seq: 1, userId: '1', ...ended, details: [verbatim('in its own words')] },
      { ...pair, seq: 2, line: 3, userId: '2', ...waiting },
      { ...pair, seq: 3, line: 4, userId: '3', ...ended, details: [] },
    ]);
    expect(await tallies(id)).toEqual({
      'pending/': 1,
      [`${settled.outcome}/${settled.reason}`]: 2,
    });
  });

  test('an outcome takes the place of the last word on a failure', async () => {
    const id = await importOf(db, keys(2));
    const range = await claimed(db, id);
    await noteFailure(db, id, [{ seq: 1, detail: verbatim('HTTP_502') }]);
    await recordOutcomes(db, range, settling(RETURNED, 1));
    expect((await records(id))[0]).toMatchObject({ outcome: 'invited', details: [] });
  });

  test('a pair that has an outcome keeps it', async () => {
    const id = await importOf(db, keys(3));
    const range = await claimed(db, id);
    await recordOutcomes(db, range, settling(RETURNED, 1, 2));
    expect(await recordOutcomes(db, range, settling(DECLINED, 1, 2))).toBe(0);
    expect(await recordOutcomes(db, range, settling(DECLINED, 2, 3))).toBe(1);
    expect(await tallies(id)).toEqual({ 'invited/returned': 2, 'failed/declined': 1 });
    expect((await records(id)).map(({ outcome }) => outcome)).toEqual([
      ...['invited', 'invited', 'failed'],
    ]);
  });

  test('the first of two outcomes at once counts', async () => {
    const id = await importOf(db, keys(2));
    const range = await claimed(db, id);
    const twice = [...settling(RETURNED, 1), ...settling(DECLINED, 1), ...settling(RETURNED, 1)];
    expect(await recordOutcomes(db, range, twice)).toBe(1);
    expect(await tallies(id)).toEqual({ 'pending/': 1, 'invited/returned': 1 });
    expect(await hasUnsettled(db, range)).toBe(true);
  });

  test('takes the marks of the settled away, and no others', async () => {
    const portal = 'marks.bitrix24.com';
    const [id, other] = [
      await importOf(db, keys(3), { portal }),
      await importOf(db, keys(3), { portal: 'other.bitrix24.com' }),
    ];
    const ranges = [await claimed(db, id), await claimed(db, other)] as const;
    for (const [range, at] of [
      [ranges[0], portal],
      [ranges[1], 'other.bitrix24.com'],
    ] as const) {
      await markSent(db, at, range, { id: 'r', lifetimeMs: 0 }, await readSendable(db, range));
    }
    await recordOutcomes(db, ranges[0], settling(RETURNED, 1, 3));
    expect((await readSent(db, ranges[0])).map(({ seq }) => seq)).toEqual([2]);
    expect(await readSent(db, ranges[1])).toHaveLength(3);
    expect((await records(id)).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  test('nothing to record changes nothing', async () => {
    const id = await importOf(db, []);
    expect(await recordOutcomes(db, { import_id: id, number: 0 }, [])).toBe(0);
    expect(await findImport(db, id)).toMatchObject({ state: 'running' });
  });

  test('records a whole chunk, some of its pairs with words of their own', async () => {
    const id = await importOf(db, keys(1_000));
    const range = await claimed(db, id);
    const settlements = keys(1_000).map((_, i): Settlement => {
      const verdict = { ...DECLINED, details: [verbatim(`pair ${i + 1}`)] };
      return { seq: i + 1, verdict: (i + 1) % 50 ? RETURNED : verdict };
    });
    await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
    expect(await tallies(id)).toEqual({ 'invited/returned': 980, 'failed/declined': 20 });
    expect((await records(id))[999]).toMatchObject({ details: [verbatim('pair 1000')] });
    expect(await findImport(db, id)).toMatchObject({ state: 'finished' });
  });
});

describe('an import', () => {
  test.each(['running', 'paused'] as const)(
    'that is %s finishes with its last outcome',
    async (state) => {
      const id = await importOf(db, keys(3), { chunkSize: 2, state });
      const [first, second] = [await claimed(db, id, 0), await claimed(db, id, 1)];
      await recordOutcomes(db, second, settling(RETURNED, 3));
      await recordOutcomes(db, first, settling(DECLINED, 1));
      expect(await findImport(db, id)).toMatchObject({ state, finishedAt: null });
      expect(await readPending(db, id)).toBe(1);
      await recordOutcomes(db, first, settling(RETURNED, 2));
      expect(await findImport(db, id)).toMatchObject({
        state: 'finished',
        finishedAt: expect.any(Date),
      });
      expect(await readPending(db, id)).toBe(0);
    },
  );

  test('that was cancelled stays so with its last outcome', async () => {
    const id = await importOf(db, keys(1));
    const range = await claimed(db, id);
    await changeState(db, id, ['running'], 'cancelled');
    await recordOutcomes(db, range, settling(RETURNED, 1));
    expect(await findImport(db, id)).toMatchObject({ state: 'cancelled' });
    expect(await tallies(id)).toEqual({ 'invited/returned': 1 });
  });

  test('without any pairs finishes once it runs, not before', async () => {
    const id = await importOf(db, [], { state: 'ready' });
    await finishWhenSettled(db, id);
    expect(await findImport(db, id)).toMatchObject({ state: 'ready' });
    await changeState(db, id, ['ready'], 'running');
    await finishWhenSettled(db, id);
    expect(await findImport(db, id)).toMatchObject({ state: 'finished' });
  });
});

describe('a transaction that throws', () => {
  test('leaves pairs, tallies, chunk, marks and import as they were', async () => {
    const portal = 'rollback.bitrix24.com';
    const id = await importOf(db, keys(3), { portal });
    const range = await claimed(db, id);
    await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, await readSendable(db, range));
    const look = async () => ({
      parent: await findImport(db, id),
      records: await records(id),
      tallies: await tallies(id),
      sent: await db.selectFrom('sent_pairs').selectAll().where('import_id', '=', id).execute(),
      unsettled: await db
        .selectFrom('chunks')
        .select('unsettled')
        .where('import_id', '=', id)
        .execute(),
    });
    const before = await look();

    const failed = db.transaction().execute(async (tx) => {
      await recordOutcomes(tx, range, settling(RETURNED, 1, 2, 3));
      expect(await readTallies(tx, id)).toMatchObject([{ outcome: 'invited', count: 3 }]);
      expect(await findImport(tx, id)).toMatchObject({ state: 'finished' });
      throw new Error('the disk is full');
    });
    await expect(failed).rejects.toThrow('the disk is full');
    expect(await look()).toEqual(before);

    await recordOutcomes(db, range, settling(RETURNED, 1, 2, 3));
    expect(await tallies(id)).toEqual({ 'invited/returned': 3 });
  });
});

describe('tallies', () => {
  test('add up what comes at once and one after the other', async () => {
    const id = await importOf(db, []);
    const one = { outcome: 'rejected', reason: 'bad_row', count: 1 } as const;
    await addToTallies(db, id, [one, { outcome: 'duplicate', reason: 'of_line_7', count: 2 }, one]);
    await addToTallies(db, id, [{ outcome: 'duplicate', reason: 'of_line_9', count: 3 }, one]);
    expect(await tallies(id)).toEqual({ 'rejected/bad_row': 3, 'duplicate/of_line_N': 5 });
  });

  test('are gone when nothing is left of them', async () => {
    const id = await importOf(db, keys(2));
    await addToTallies(db, id, [
      { outcome: 'pending', reason: null, count: -2 },
      { outcome: 'failed', reason: 'declined', count: 0 },
      { outcome: 'invited', reason: 'returned', count: 2 },
    ]);
    await addToTallies(db, id, []);
    expect(await readTallies(db, id)).toEqual([
      { outcome: 'invited', reason: 'returned', count: 2 },
    ]);
  });

  test('say null for rows without a reason', async () => {
    expect(await readTallies(db, await importOf(db, keys(2)))).toEqual([
      { outcome: 'pending', reason: null, count: 2 },
    ]);
  });

  test('of an import that nobody knows are empty', async () => {
    expect(await readTallies(db, 0)).toEqual([]);
    expect(await readPending(db, 0)).toBe(0);
  });
});
