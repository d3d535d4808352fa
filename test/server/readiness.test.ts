import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerPlace } from '../../src/ledger/find-ledger.ts';
import { startOfficeRedisAt } from '../e2e/redis-server.ts';
import { freePort } from '../support/free-port.ts';
import { TestServer } from '../support/server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulk-invite-ready-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Told {
  status: number;
  body: unknown;
}

async function ready(server: TestServer): Promise<Told> {
  const answer = await server.ask('/readyz', { token: null });
  return { status: answer.status, body: await answer.json() };
}

/** Asks as a load balancer does, until the answer is as wanted. */
async function until(server: TestServer, status: number): Promise<Told> {
  const deadline = AbortSignal.timeout(20_000);
  for (;;) {
    const told = await ready(server);
    if (told.status === status) return told;
    deadline.throwIfAborted();
    await sleep(100);
  }
}

const OK = { status: 'ok', ledger: 'ok', redis: 'ok' };

test('without Redis nobody is sent here, and with it again they are', async () => {
  const port = await freePort();
  const first = await startOfficeRedisAt(port, folder);
  await using server = await TestServer.open({ settings: { REDIS_URL: first.url } });
  expect(await ready(server)).toEqual({ status: 200, body: OK });

  await first[Symbol.asyncDispose]();
  const down = await until(server, 503);
  expect(down.body).toEqual({ status: 'not_ready', ledger: 'ok', redis: 'failed' });
  expect((await server.ask('/healthz', { token: null })).status).toBe(200);

  await using _again = await startOfficeRedisAt(port, folder);
  expect((await until(server, 200)).body).toEqual(OK);
});

test('a ledger whose file is gone is not usable, though SQLite would go on', async () => {
  await using server = await TestServer.open({ worker: false });
  expect((await ready(server)).status).toBe(200);
  const path = ledgerPlace(server.config);
  renameSync(path, `${path}.aside`);
  const gone = await until(server, 503);
  expect(gone.body).toEqual({ status: 'not_ready', ledger: 'failed', redis: 'ok' });
  renameSync(`${path}.aside`, path);
  expect((await until(server, 200)).body).toEqual(OK);
});

test('a ledger that takes no more writes is not usable', async () => {
  await using server = await TestServer.open({ worker: false });
  // As on a full disk: every read is answered, no write is.
  const other = new DatabaseSync(ledgerPlace(server.config));
  other.exec(`create trigger full before update on ledger
    begin select raise(abort, 'database or disk is full'); end`);
  expect((await until(server, 503)).body).toMatchObject({ ledger: 'failed', redis: 'ok' });
  other.exec('drop trigger full');
  other.close();
  expect((await until(server, 200)).body).toEqual(OK);
});

/** Longer than the patience with a part. */
const LOCKED_MS = 1_500;

test('Redis is not blamed for a ledger that another program keeps locked', async () => {
  await using server = await TestServer.open({ worker: false });
  const other = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    const { DatabaseSync } = require('node:sqlite');
    const file = new DatabaseSync(workerData);
    file.exec('begin immediate');
    parentPort.postMessage('locked');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${LOCKED_MS});
    file.exec('rollback');`,
    { eval: true, workerData: ledgerPlace(server.config) },
  );
  const exited = once(other, 'exit');
  await once(other, 'message');
  expect((await ready(server)).body).toMatchObject({ redis: 'ok' });
  await exited;
});
