import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startImport } from '../../../src/invite/import-lifecycle.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import { LedgerUnreachable } from '../../../src/ledger/db/ledger-unreachable.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import type { PostgresLimits } from '../../../src/ledger/postgres/postgres-pool.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import type { Truth } from '../../../src/sandbox/truth.ts';
import { takeCsv } from '../../support/ledger/take-csv.ts';
import { createDatabase } from '../../support/postgres/on-postgres.ts';
import { crowd } from '../../support/program-harness.ts';
import { startRedis } from '../../support/redis/redis.ts';
import { orderSandbox } from '../../support/sandbox-order.ts';
import { openRelay, type Relay } from '../../support/services/relay.ts';
import { startTestWorker } from '../../support/start-test-worker.ts';

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

const SOON = { queryMs: 200 };

/** Default settings: a busy machine must not look like a lost server. */
const DEFAULTS = { queryMs: 60_000 };

/** Creates a ledger behind a relay. */
async function relayedLedger(): Promise<{ relay: Relay; url: string }> {
  const { url } = stack.use(await createDatabase());
  const relay = stack.use(await openRelay(Number(new URL(url).port)));
  const relayed = new URL(url);
  relayed.port = String(relay.port);
  return { relay, url: relayed.href };
}

const query = (db: Db) => sql`select 1`.execute(db);

describe('a silent Postgres', () => {
  test.each(['stall', 'dropState'] as const)(
    'is detected during a statement, and used again: %s',
    async (cut) => {
      const { relay, url } = await relayedLedger();
      const limits: PostgresLimits = {};
      const db = await openLedger(url, { limits });
      stack.defer(() => db.destroy());
      await query(db);
      relay[cut]();
      Object.assign(limits, SOON);
      const problem = await query(db).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(LedgerUnreachable);
      expect(problem).toMatchObject({
        message: expect.stringMatching(
          /^The ledger .* cannot be reached \(Query read timeout\)\.$/,
        ),
      });
      relay.resume();
      Object.assign(limits, DEFAULTS);
      await expect(query(db)).resolves.toMatchObject({ rows: [expect.anything()] });
    },
  );

  test('is detected in a transaction, which does not wait for its rollback', async () => {
    const { relay, url } = await relayedLedger();
    const limits: PostgresLimits = {};
    const db = await openLedger(url, { limits });
    stack.defer(() => db.destroy());
    const work = db.transaction().execute(async (tx) => {
      await query(tx);
      relay.stall();
      Object.assign(limits, SOON);
      await query(tx);
    });
    await expect(work).rejects.toBeInstanceOf(LedgerUnreachable);
  });

  test('delays an import until it is back, and no user is invited twice', async () => {
    const { relay, url } = await relayedLedger();
    const sandbox = await startSandbox({
      ...{ seed: plainSeed({ users: 10, groups: 20 }), burst: 500, requestsPerSecond: 500 },
      inviteSeconds: 0.002,
    });
    stack.defer(() => sandbox.close());
    const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
    const redis = await startRedis();
    stack.defer(() => redis.dispose());
    const limits: PostgresLimits = {};
    const worker = await startTestWorker({
      ...{ redis: { kind: 'socket', path: redis.socketPath }, ledger: url, limits },
      ...{ webhookUrl: sandbox.webhookUrl, timeoutMs: 30_000, lockMs: 30_000 },
    });
    stack.use(worker);
    const { db, reported } = worker;
    const portal = new URL(sandbox.webhookUrl).host;
    const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
    const id = await takeCsv(db, source, async function* () {
      yield Buffer.from(crowd(20, 10));
    });
    await order('faults', [{ kind: 'gate_answer', method: 'sonet_group.user.invite', times: 2 }]);
    await startImport(db, id);
    // Two requests have invited users, and their answers arrive while the ledger is unreachable.
    await sandbox.until(({ atGate }) => atGate === 2, AbortSignal.timeout(90_000));
    relay.stall();
    Object.assign(limits, SOON);
    await order('gate/open', {});
    await vi.waitUntil(() => reported.some((words) => /cannot be reached/.test(words)), {
      timeout: 90_000,
    });
    relay.resume();
    Object.assign(limits, DEFAULTS);
    const isFinished = async () => (await findImport(db, id))?.state === 'finished';
    await vi.waitUntil(isFinished, { timeout: 90_000, interval: 200 });
    const tallies = await readTallies(db, id);
    expect(tallies.reduce((sum, { count }) => sum + count, 0)).toBe(200);
    expect(new Set(tallies.map(({ outcome }) => outcome))).toEqual(new Set(['invited']));
    const { notifications } = await truth(sandbox);
    expect(notifications).toHaveLength(200);
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  });
});

const truth = async ({ origin }: Sandbox): Promise<Truth> =>
  JSON.parse(await (await fetch(`${origin}/sandbox/truth`)).text());
