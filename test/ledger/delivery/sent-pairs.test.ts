import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pair } from '../../../src/domain/pairs/pair.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import type { ChunkRange } from '../../../src/ledger/delivery/chunks.ts';
import { countAttempt } from '../../../src/ledger/delivery/count-attempt.ts';
import { readSent } from '../../../src/ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import {
  clearSent,
  markLeftOut,
  markOver,
  markSent,
  markSilent,
  unmarkSent,
} from '../../../src/ledger/delivery/sent-pairs.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { noteFailure, readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
let portals = 0;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

/** So long that no test lasts until its end. */
const LIFETIME_MS = 3_600_000;

interface Sample {
  id: number;
  portal: string;
  range: ChunkRange;
  pairs: Pair[];
  /** Marks pairs as sent with a request; @returns the marked ones. */
  mark: (request: string, pairs: readonly Pair[]) => Promise<number[]>;
  /** What is known of the marked pairs: `user request phase attempts`. */
  sent: () => Promise<string[]>;
  attempts: () => Promise<(number | null)[]>;
}

/** A running import of five pairs in one chunk, of a portal of its own unless told. */
async function sample(portal = `portal-${++portals}.bitrix24.com`): Promise<Sample> {
  const id = await importOf(db, keys(5), { portal });
  const range = await claimed(db, id);
  return {
    id,
    portal,
    range,
    pairs: await readSendable(db, range),
    mark: async (request, pairs) => [
      ...(
        await markSent(db, portal, range, { id: request, lifetimeMs: LIFETIME_MS }, pairs)
      ).keys(),
    ],
    sent: async () =>
      (await readSent(db, range)).map(
        ({ userId, requestId, phase, attempts }) => `${userId} ${requestId} ${phase} ${attempts}`,
      ),
    attempts: async () => {
      const attempts = [];
      for await (const record of readRecords(db, id)) attempts.push(record.attempts);
      return attempts;
    },
  };
}

describe('markSent', () => {
  test('marks pairs with their request and counts the attempt', async () => {
    const { id, pairs, mark, range, attempts } = await sample();
    const before = Date.now();
    expect(await mark('r1', pairs.slice(1, 3))).toEqual([2, 3]);
    await noteFailure(db, id, [{ seq: 3, detail: verbatim('HTTP_502') }]);
    const sent = { groupId: 1, requestId: 'r1', phase: 'sent', attempts: 1 };
    const marks = await readSent(db, range);
    expect(marks).toEqual([
      expect.objectContaining({ seq: 2, userId: 2, ...sent, details: [] }),
      expect.objectContaining({ seq: 3, userId: 3, ...sent, details: [verbatim('HTTP_502')] }),
    ]);
    for (const { sentAt, overInMs } of marks) {
      expect(sentAt.getTime()).toBeGreaterThanOrEqual(before - 1);
      expect(overInMs).toBeLessThanOrEqual(LIFETIME_MS);
      expect(overInMs).toBeGreaterThan(LIFETIME_MS - 240_000);
    }
    expect(await attempts()).toEqual([0, 1, 1, 0, 0]);
  });

  test('marks no pair twice', async () => {
    const { pairs, mark, sent, attempts } = await sample();
    await mark('r1', pairs.slice(0, 3));
    expect(await mark('r2', pairs)).toEqual([4, 5]);
    expect(await mark('r3', pairs)).toEqual([]);
    expect(await sent()).toEqual([
      ...['1 r1 sent 1', '2 r1 sent 1', '3 r1 sent 1', '4 r2 sent 1', '5 r2 sent 1'],
    ]);
    expect(await attempts()).toEqual([1, 1, 1, 1, 1]);
  });

  test('marks no pair that another import of the portal has in a request', async () => {
    const one = await sample();
    const other = await sample(one.portal);
    await one.mark('r1', one.pairs.slice(0, 2));
    expect(await other.mark('r2', other.pairs)).toEqual([3, 4, 5]);
    expect(await other.attempts()).toEqual([0, 0, 1, 1, 1]);
    expect(await one.sent()).toEqual(['1 r1 sent 1', '2 r1 sent 1']);
    expect(await other.sent()).toEqual(['3 r2 sent 1', '4 r2 sent 1', '5 r2 sent 1']);
  });

  test('marks the same pair of another portal', async () => {
    const [one, other] = [await sample(), await sample()];
    await one.mark('r1', one.pairs);
    expect(await other.mark('r2', other.pairs)).toEqual([1, 2, 3, 4, 5]);
  });

  // What was read a minute ago may be of an import that was cancelled and runs again since.
  test('marks only what is pending now, whatever was read before', async () => {
    const { pairs, mark, sent, range, attempts } = await sample();
    await recordOutcomes(db, range, [
      { seq: 1, verdict: { outcome: 'cancelled', reason: 'by_user' } },
      { seq: 4, verdict: { outcome: 'invited', reason: 'returned' } },
    ]);
    expect(await mark('r1', pairs)).toEqual([2, 3, 5]);
    expect(await sent()).toEqual(['2 r1 sent 1', '3 r1 sent 1', '5 r1 sent 1']);
    expect(await attempts()).toEqual([0, 1, 1, 0, 1]);
  });

  test.each(['paused', 'cancelled', 'finished', 'ready'] as const)(
    'marks nothing of an import that is %s',
    async (state) => {
      const { id, pairs, mark, sent } = await sample();
      await changeState(db, id, ['running'], state);
      expect(await mark('r1', pairs)).toEqual([]);
      expect(await sent()).toEqual([]);
    },
  );

  test('marks nothing of an import for another portal', async () => {
    const { range, pairs, sent } = await sample();
    const request = { id: 'r', lifetimeMs: LIFETIME_MS };
    expect((await markSent(db, 'other.bitrix24.com', range, request, pairs)).size).toBe(0);
    expect(await sent()).toEqual([]);
  });

  test('says how many attempts each pair has had, this one included', async () => {
    const { id, portal, range, pairs, mark } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await clearSent(db, id, 'r1', [1, 2]);
    const marked = await markSent(db, portal, range, { id: 'r2', lifetimeMs: 0 }, pairs);
    expect(Object.fromEntries(marked)).toEqual({ 1: 2, 2: 2, 3: 1, 4: 1, 5: 1 });
  });

  test('gives each pair to one of several that ask at once', async () => {
    const one = await sample();
    const all = [one, await sample(one.portal), await sample(one.portal)];
    const marked = await Promise.all(
      all.map(({ pairs, portal, range }, i) =>
        db.transaction().execute(async (tx) => {
          const request = { id: `r${i}`, lifetimeMs: LIFETIME_MS };
          return [...(await markSent(tx, portal, range, request, pairs.slice(i))).keys()];
        }),
      ),
    );
    expect(marked.flat().toSorted()).toEqual([1, 2, 3, 4, 5]);
    const attempts = await Promise.all(all.map((sample) => sample.attempts()));
    expect(attempts.flat().filter((count) => count === 1)).toHaveLength(5);
  });
});

describe('unmarkSent', () => {
  test('gives the attempt back and the pair free', async () => {
    const { id, pairs, range, mark, sent, attempts } = await sample();
    await mark('r1', pairs.slice(0, 3));
    await unmarkSent(db, id, 'r1', [2, 3]);
    expect(await sent()).toEqual(['1 r1 sent 1']);
    expect(await attempts()).toEqual([1, 0, 0, 0, 0]);
    expect((await readSendable(db, range)).map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
  });

  test('leaves a mark alone that another request has set since', async () => {
    const { id, pairs, mark, sent } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await clearSent(db, id, 'r1', [1]);
    await mark('r2', pairs.slice(0, 1));
    await unmarkSent(db, id, 'r1', [1, 2]);
    expect(await sent()).toEqual(['1 r2 sent 2']);
  });

  test('gives back no attempt twice', async () => {
    const { id, pairs, mark, attempts } = await sample();
    await mark('r1', pairs.slice(0, 1));
    await clearSent(db, id, 'r1', [1]);
    await mark('r2', pairs.slice(0, 1));
    await unmarkSent(db, id, 'r2', [1, 1, 4]);
    await unmarkSent(db, id, 'r2', [1]);
    expect(await attempts()).toEqual([1, 0, 0, 0, 0]);
  });

  test("leaves another import's pairs of the same number alone", async () => {
    const [one, other] = [await sample(), await sample()];
    await one.mark('r1', one.pairs);
    await other.mark('r1', other.pairs);
    await unmarkSent(db, one.id, 'r1', [1, 2, 3, 4, 5]);
    expect(await other.sent()).toHaveLength(5);
    expect(await other.attempts()).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('clearSent', () => {
  test('gives the pair free and keeps the attempt', async () => {
    const { id, pairs, mark, range } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await clearSent(db, id, 'r1', [1]);
    const sendable = await readSendable(db, range);
    expect(sendable.map(({ seq, attempts }) => [seq, attempts])).toEqual([
      [1, 1],
      [3, 0],
      [4, 0],
      [5, 0],
    ]);
  });

  test('only for the request that is named', async () => {
    const { id, pairs, mark, sent } = await sample();
    await mark('r1', pairs.slice(0, 1));
    await clearSent(db, id, 'r2', [1]);
    expect(await sent()).toEqual(['1 r1 sent 1']);
  });
});

describe('an answer', () => {
  test('that leaves pairs out is noted for those of its request', async () => {
    const { id, pairs, mark, sent } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await mark('r2', pairs.slice(2, 3));
    await markLeftOut(db, id, 'r1', [2, 3]);
    expect(await sent()).toEqual(['1 r1 sent 1', '2 r1 left_out 1', '3 r2 sent 1']);
  });

  test('that never came from a portal that was silent is noted for those of its request', async () => {
    const { id, pairs, mark, sent } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await mark('r2', pairs.slice(2, 3));
    await markSilent(db, id, 'r1', [2, 3]);
    expect(await sent()).toEqual(['1 r1 sent 1', '2 r1 silent 1', '3 r2 sent 1']);
  });

  test('that ends a request lets its pairs be confirmed at once', async () => {
    const { id, pairs, mark, range } = await sample();
    await mark('r1', pairs.slice(0, 2));
    await mark('r2', pairs.slice(2, 3));
    await markOver(db, id, 'r1', [2, 3]);
    const isOver = (await readSent(db, range)).map(({ overInMs }) => overInMs <= 0);
    expect(isOver).toEqual([false, true, false]);
  });

  test('about no pairs changes nothing', async () => {
    const { id, pairs, mark, sent } = await sample();
    await mark('r1', pairs.slice(0, 1));
    const acts = [unmarkSent, clearSent, markLeftOut, markOver, markSilent];
    for (const act of acts) await act(db, id, 'r1', []);
    await countAttempt(db, id, [], 1);
    expect(await sent()).toEqual(['1 r1 sent 1']);
  });
});

describe('readSent', () => {
  test('reads the marks of one chunk, by group and user', async () => {
    const portal = 'two-chunks.bitrix24.com';
    const id = await importOf(db, keys(20).toReversed(), { portal, chunkSize: 12 });
    for (const number of [0, 1]) {
      const range = await claimed(db, id, number);
      const pairs = await readSendable(db, range);
      await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, pairs.toReversed());
    }
    const second = await readSent(db, await claimed(db, id, 1));
    expect(second.map(({ groupId, userId }) => [groupId, userId])).toEqual(keys(20).slice(12));
  });

  test('lets no pair wait for longer than its request lives when the clock was set back', async () => {
    const { range, pairs, mark } = await sample();
    await mark('r1', pairs.slice(0, 2));
    const shift = (ms: number) =>
      db
        .updateTable('sent_pairs')
        .set((eb) => ({ sent_at: eb('sent_at', '+', ms), ends_by: eb('ends_by', '+', ms) }))
        .where('import_id', '=', range.import_id)
        .execute();
    const waits = async () => (await readSent(db, range)).map(({ overInMs }) => overInMs);
    await shift(86_400_000);
    for (const overInMs of await waits()) {
      expect(overInMs).toBeLessThanOrEqual(LIFETIME_MS);
      expect(overInMs).toBeGreaterThan(LIFETIME_MS - 240_000);
    }
    // And from then on they go by as ever.
    await shift(-LIFETIME_MS);
    for (const overInMs of await waits()) expect(overInMs).toBeLessThanOrEqual(0);
  });
});
