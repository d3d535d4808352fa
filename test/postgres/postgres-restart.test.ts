import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/ledger/db/database.ts';
import { LedgerUnreachable } from '../../src/ledger/db/ledger-unreachable.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { changeImport } from '../../src/ledger/imports/change-import.ts';
import { listImports } from '../../src/ledger/imports/import-store.ts';
import { importOf, keys } from '../ledger/sample-pairs.ts';
import { findPostgres } from '../support/postgres/find-postgres.ts';
import { PostgresServer } from '../support/postgres/postgres-server.ts';

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

let server: PostgresServer;
let db: Db;

beforeAll(async () => {
  server = await PostgresServer.make(findPostgres() ?? '');
  stack.defer(() => server.dispose());
  await server.create();
  db = await openLedger(server.url);
  stack.defer(() => db.destroy());
});

const add = (tx: Db, id: number) =>
  sql`update imports set row_count = row_count + 1 where id = ${id}`.execute(tx);

/** Typical work of a process: reads, writes, transactions, waits for locks. */
const WORK: readonly ((id: number) => Promise<unknown>)[] = [
  () => listImports(db),
  (id) => add(db, id),
  (id) => changeImport(db, id, (tx) => add(tx, id)),
  (id) =>
    changeImport(db, id, async (tx) => {
      await add(tx, id);
      await sleep(5);
      await add(tx, id);
    }),
  () => sql`select pg_sleep(0.01)`.execute(db),
];

/** Works almost without pauses until stopped, with two more callers than there are connections. */
function workers(id: number) {
  const errors: unknown[] = [];
  const done = { count: 0 };
  const ending = new AbortController();
  const all = Array.from({ length: 12 }, async (_, at) => {
    const act = WORK[at % WORK.length];
    while (!ending.signal.aborted) {
      try {
        await act?.(id);
        done.count += 1;
        await sleep(2);
      } catch (error) {
        errors.push(error);
        await sleep(10);
      }
    }
  });
  return {
    errors,
    done,
    async end() {
      ending.abort();
      await Promise.all(all);
    },
  };
}

const OUTAGES: readonly [what: string, interrupt: () => Promise<void>][] = [
  [
    'is stopped and started',
    async () => {
      await server.stop();
      await server.start();
    },
  ],
  [
    'crashes and recovers',
    async () => {
      // The server ends all connections when one of its processes dies.
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
    },
  ],
];

describe.each(OUTAGES)('a server that %s', (_, interrupt) => {
  test('is unreachable for all statements in progress, and then works again', async () => {
    const id = await importOf(db, keys(1));
    const work = workers(id);
    await expect.poll(() => work.done.count, { timeout: 60_000 }).toBeGreaterThan(20);
    await interrupt();
    await expect.poll(() => work.errors.length, { timeout: 60_000 }).toBeGreaterThan(0);
    const before = work.done.count;
    await expect.poll(() => work.done.count, { timeout: 60_000 }).toBeGreaterThan(before + 50);
    await work.end();
    const others = work.errors.filter((error) => !(error instanceof LedgerUnreachable));
    expect(others).toEqual([]);
    // All connections work again, none of them broken or in a transaction.
    await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.05)`.execute(db)));
  });
});
