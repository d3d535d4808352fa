import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startImport } from '../../src/invite/control.ts';
import { openLedger } from '../../src/ledger/database.ts';
import { findImport } from '../../src/ledger/imports.ts';
import type { Db } from '../../src/ledger/schema.ts';
import { readTallies } from '../../src/ledger/tallies.ts';
import { LedgerUnreachable } from '../../src/ledger/unreachable.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { hireWorker } from '../support/hire-worker.ts';
import { crowd } from '../support/office.ts';
import { createDatabase } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { takeCsv } from '../support/take-csv.ts';

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

const SOON = { lookMs: 150, tellMs: 500 };

/** A ledger with a stretch of network in front of it. */
async function farLedger(): Promise<{ relay: Relay; url: string }> {
  const { url } = stack.use(await createDatabase());
  const relay = stack.use(await openRelay(Number(new URL(url).port)));
  const far = new URL(url);
  far.port = String(relay.port);
  return { relay, url: far.href };
}

const ask = (db: Db) => sql`select 1`.execute(db);

describe('a Postgres that nothing is heard of', () => {
  test.each(['stall', 'forget'] as const)(
    'is noticed in a statement, and used again: %s',
    async (cut) => {
      const { relay, url } = await farLedger();
      const db = await openLedger(url, { silence: SOON });
      stack.defer(() => db.destroy());
      await ask(db);
      relay[cut]();
      const problem = await ask(db).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(LedgerUnreachable);
      expect(problem).toMatchObject({
        message: expect.stringMatching(
          /^The ledger .* cannot be reached \(timeout: silent for \d+ s\)\.$/,
        ),
      });
      relay.resume();
      await expect(ask(db)).resolves.toMatchObject({ rows: [expect.anything()] });
    },
  );

  test('is noticed in a transaction, which does not wait for its rollback', async () => {
    const { relay, url } = await farLedger();
    const db = await openLedger(url, { silence: SOON });
    stack.defer(() => db.destroy());
    const work = db.transaction().execute(async (tx) => {
      await ask(tx);
      relay.stall();
      await ask(tx);
    });
    await expect(work).rejects.toBeInstanceOf(LedgerUnreachable);
  });

  test('is not taken for one that has long to work, alone or behind a lock', async () => {
    const { url } = await farLedger();
    const db = await openLedger(url, { silence: { lookMs: 50 } });
    stack.defer(() => db.destroy());
    await expect(sql`select pg_sleep(1)`.execute(db)).resolves.toBeDefined();
    const { promise, resolve } = Promise.withResolvers<void>();
    const holder = db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7)`.execute(tx);
      resolve();
      await sql`select pg_sleep(1)`.execute(tx);
    });
    await promise;
    await expect(sql`select pg_advisory_lock(7)`.execute(db)).resolves.toBeDefined();
    await holder;
  });

  test('holds an import up until it is back, and nobody is invited twice', async () => {
    const { relay, url } = await farLedger();
    const sandbox = await startSandbox({
      ...{ seed: plainSeed({ users: 30, groups: 20 }), burst: 500, requestsPerSecond: 500 },
      ...{ inviteSeconds: 0.01, requestLimitSeconds: 1.2 },
    });
    stack.defer(() => sandbox.close());
    const redis = await startRedis();
    stack.defer(() => redis.dispose());
    const worker = await hireWorker({
      ...{ redis: { kind: 'socket', path: redis.socketPath }, ledger: url, silence: SOON },
      ...{ webhookUrl: sandbox.webhookUrl, timeoutMs: 1_500, lockMs: 30_000 },
    });
    stack.use(worker);
    const { db, told } = worker;
    const portal = new URL(sandbox.webhookUrl).host;
    const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
    const id = await takeCsv(db, source, async function* () {
      yield Buffer.from(crowd(20, 30));
    });
    await startImport(db, id);
    const truth = async (): Promise<Truth> =>
      (await (await fetch(`${sandbox.origin}/sandbox/truth`)).json()) as Truth;
    await expect
      .poll(async () => (await truth()).invitationsSent, { timeout: 90_000 })
      .toBeGreaterThan(20);
    relay.stall();
    await expect
      .poll(() => told.filter((words) => /cannot be reached/.test(words)).length, {
        timeout: 90_000,
      })
      .toBeGreaterThan(0);
    relay.resume();
    const state = async () => (await findImport(db, id))?.state;
    await expect.poll(state, { timeout: 90_000 }).toBe('finished');
    const tallies = await readTallies(db, id);
    expect(tallies.reduce((sum, { count }) => sum + count, 0)).toBe(600);
    expect(new Set(tallies.map(({ outcome }) => outcome))).toEqual(new Set(['invited']));
    const { notifications } = await truth();
    expect(notifications).toHaveLength(600);
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  });
});
