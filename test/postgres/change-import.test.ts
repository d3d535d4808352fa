import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Verdict } from '../../src/domain/pairs/outcome.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { claimChunk, ownsChunk } from '../../src/ledger/delivery/chunks.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { retryPairs } from '../../src/ledger/delivery/retry-pairs.ts';
import { markSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { changeImport } from '../../src/ledger/imports/change-import.ts';
import { changeState } from '../../src/ledger/imports/import-state.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { purgeImport } from '../../src/ledger/imports/purge-imports.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { claimed, countsOf, importOf, keys, PORTAL, recount } from '../ledger/sample-pairs.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';

let ledger: TestLedger;
/** Two connection pools, which the database sees as two processes. */
let one: Db;
let other: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  one = ledger.db;
  other = await openLedger(ledger.place);
});
afterAll(async () => {
  await other.destroy();
  await ledger[Symbol.asyncDispose]();
});

/** Resolves when a connection waits for a lock. */
const lockIsAwaited = (tx: Db) =>
  expect
    .poll(
      async () => (await sql`select 1 from pg_locks where not granted`.execute(tx)).rows.length,
      { timeout: 90_000 },
    )
    .toBeGreaterThan(0);

const INVITED: Verdict = { outcome: 'invited', reason: 'returned' };
const request = (id: string) => ({ id, lifetimeMs: 0 });

describe('changes of one import', () => {
  test('run one at a time: the tallies of many at once are exact, and it finishes once', async () => {
    const id = await importOf(one, keys(60), { chunkSize: 5 });
    const settle = async (db: Db, number: number) => {
      const range = await claimed(db, id, number);
      for (const { seq } of await readSendable(db, range)) {
        await changeImport(db, id, (tx) => recordOutcomes(tx, range, [{ seq, verdict: INVITED }]));
      }
    };
    await Promise.all(
      Array.from({ length: 12 }, (_, number) => settle(number % 2 ? one : other, number)),
    );
    expect(countsOf(await readTallies(one, id))).toEqual(await recount(one, id));
    expect(countsOf(await readTallies(one, id))).toEqual({ 'invited/returned': 60 });
    expect(await findImport(other, id)).toMatchObject({ state: 'finished' });
  });

  test('are not interrupted by a claim, which waits for the owner’s transaction', async () => {
    const id = await importOf(one, keys(5), { portal: 'claim.bitrix24.com' });
    const range = await claimed(one, id, 0, 'first');
    const events: string[] = [];
    const begun = Promise.withResolvers<void>();
    const marking = changeImport(one, id, async (tx) => {
      expect(await ownsChunk(tx, range, 'first')).toBe(true);
      events.push('begun');
      begun.resolve();
      await lockIsAwaited(tx);
      await markSent(tx, 'claim.bitrix24.com', range, request('r1'), await readSendable(tx, range));
      events.push('marked');
    });
    await begun.promise;
    await claimChunk(other, id, 0, 'second');
    events.push('claimed');
    await marking;
    expect(events).toEqual(['begun', 'marked', 'claimed']);
    expect(await readSendable(other, range)).toEqual([]);
    expect(await readSent(other, range)).toHaveLength(5);
  });

  test('do not block another import', async () => {
    const [slow, quick] = [await importOf(one, keys(1)), await importOf(one, keys(1))];
    await changeImport(one, slow, async () => {
      await changeImport(other, quick, (tx) => claimChunk(tx, quick, 0, 'me'));
    });
    expect(await ownsChunk(one, await claimed(one, quick), 'me')).toBe(true);
  });
});

test('many callers that wait for one import leave connections for other imports', async () => {
  const [held, free] = [await importOf(one, keys(1)), await importOf(one, keys(1))];
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  onTestFinished(() => release.resolve());
  const holding = changeImport(other, held, async () => {
    begun.resolve();
    await release.promise;
  });
  await begun.promise;
  const waiting = Array.from({ length: 30 }, (_, at) =>
    changeImport(one, held, (tx) => changeState(tx, held, ['ready'], 'running').then(() => at)),
  );
  // If each of them held a connection, none would be left here until they time out.
  await changeImport(one, free, (tx) => changeState(tx, free, ['ready'], 'running'));
  expect(await findImport(one, held)).toMatchObject({ id: held });
  release.resolve();
  await holding;
  expect(await Promise.all(waiting)).toEqual(waiting.map((_, at) => at));
});

test('does not purge an import that another process retries', async () => {
  const id = await importOf(one, keys(5));
  const range = await claimed(one, id);
  const verdict = { outcome: 'failed', reason: 'portal_error' } as const;
  const settlements = [1, 2, 3, 4, 5].map((seq) => ({ seq, verdict }));
  await changeImport(one, id, (tx) => recordOutcomes(tx, range, settlements));
  const endedBefore = new Date(Date.now() + 1_000);

  let purging: Promise<boolean> | undefined;
  await changeImport(one, id, async (tx) => {
    await retryPairs(tx, id, undefined);
    await changeState(tx, id, ['finished'], 'running');
    purging = purgeImport(other, id, endedBefore);
    await lockIsAwaited(tx);
  });
  expect(await purging).toBe(false);
  expect(countsOf(await readTallies(one, id))).toEqual({ 'pending/': 5 });
});

describe('two imports with the same pairs', () => {
  test('mark each pair once, in any order, without a deadlock', async () => {
    const list = keys(40);
    const ids = [await importOf(one, list), await importOf(one, list), await importOf(one, list)];
    const chunks = await Promise.all(
      ids.map(async (id) => {
        const range = await claimed(one, id);
        return { id, range, pairs: await readSendable(one, range) };
      }),
    );
    const marked = await Promise.all(
      chunks.map(({ id, range, pairs }, i) => {
        const db = i % 2 ? one : other;
        const asked = i % 2 ? pairs.toReversed() : pairs;
        return changeImport(db, id, async (tx) => {
          const seqs: number[] = [];
          for (const part of [asked.slice(0, 20), asked.slice(20)]) {
            seqs.push(...(await markSent(tx, PORTAL, range, request(`r${i}`), part)).keys());
          }
          return seqs;
        });
      }),
    );
    expect(marked.flat().toSorted((a, b) => a - b)).toEqual(list.map((_, at) => at + 1));
  });
});

describe('a transaction that the server rolls back', () => {
  test('runs again, and nothing of the first try stays', async () => {
    const [a, b] = [await importOf(one, keys(1)), await importOf(one, keys(1))];
    let tries = 0;
    const bothHold = Promise.withResolvers<void>();
    /** Locks its own import, then waits for the other's: a deadlock that ends one transaction. */
    const cross = (db: Db, own: number, others: number) =>
      changeImport(db, own, async (tx) => {
        tries++;
        await sql`update imports set row_count = row_count + 1 where id = ${own}`.execute(tx);
        if (tries === 2) bothHold.resolve();
        await bothHold.promise;
        await sql`update imports set row_count = row_count + 1 where id = ${others}`.execute(tx);
      });
    await Promise.all([cross(one, a, b), cross(other, b, a)]);
    // The deadlock can occur again.
    expect(tries).toBeGreaterThanOrEqual(3);
    for (const id of [a, b]) expect(await findImport(one, id)).toMatchObject({ rows: 3 });
  });

  test('does not run again for another error', async () => {
    const id = await importOf(one, keys(1));
    let tries = 0;
    const failing = changeImport(one, id, async (tx) => {
      tries++;
      await sql`select 1 / 0`.execute(tx);
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    expect(tries).toBe(1);
  });
});
