import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import { ledgerPlace } from '../../../src/ledger/db/find-ledger.ts';
import { connectRedis } from '../../../src/redis/connection.ts';
import { startHarnessRedis, startHarnessRedisAt } from '../../e2e/redis/redis-server.ts';
import { TestServer } from '../../support/server.ts';
import { freePort } from '../../support/services/free-port.ts';

interface Reported {
  status: number;
  body: unknown;
}

async function ready(server: TestServer): Promise<Reported> {
  const answer = await server.request('/readyz', { token: null });
  return { status: answer.status, body: await answer.json() };
}

/** Polls like a load balancer, until the status is as expected. */
async function until(server: TestServer, status: number): Promise<Reported> {
  const deadline = AbortSignal.timeout(90_000);
  for (;;) {
    const reported = await ready(server);
    if (reported.status === status) return reported;
    deadline.throwIfAborted();
    await sleep(100);
  }
}

const OK = { status: 'ok', ledger: 'ok', redis: 'ok' };

test('a server is not ready without Redis, and ready with it again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-ready-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const first = await startHarnessRedisAt(port, folder);
  await using server = await TestServer.open({ settings: { REDIS_URL: first.url } });
  expect((await until(server, 200)).body).toEqual(OK);

  await first[Symbol.asyncDispose]();
  const down = await until(server, 503);
  expect(down.body).toEqual({ status: 'not_ready', ledger: 'ok', redis: 'failed' });
  expect((await server.request('/healthz', { token: null })).status).toBe(200);

  await using _again = await startHarnessRedisAt(port, folder);
  expect((await until(server, 200)).body).toEqual(OK);
});

test('a server is not ready with a Redis that answers but accepts no writes, and reports the reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-ready-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await using redis = await startHarnessRedis(folder);
  await using server = await TestServer.open({
    settings: { REDIS_URL: redis.url },
    worker: false,
  });
  const connection = await connectRedis({ kind: 'url', url: redis.url });
  onTestFinished(() => connection.disconnect());
  for (const [kind, begin, end] of [
    ['full', 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0'],
    ['read_only', 'REPLICAOF 127.0.0.1 1', 'REPLICAOF NO ONE'],
    ['denied', 'ACL SETUSER default -eval', 'ACL SETUSER default +eval'],
  ] as const) {
    const run = (words: string) => {
      const [command = '', ...argv] = words.split(' ');
      return connection.call(command, ...argv);
    };
    expect((await until(server, 200)).body).toEqual(OK);
    await run(begin);
    expect((await until(server, 503)).body).toEqual({ ...OK, status: 'not_ready', redis: kind });
    await run(end);
  }
  expect((await until(server, 200)).body).toEqual(OK);
});

describe('a ledger', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.open({ worker: false });
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(async () => {
    expect((await until(server, 200)).body).toEqual(OK);
  });
  afterEach(() => until(server, 200));

  const NOT_USABLE = { status: 'not_ready', ledger: 'failed', redis: 'ok' };

  test('without its file is not usable, although SQLite would continue', async () => {
    const path = ledgerPlace(server.config);
    renameSync(path, `${path}.moved`);
    expect((await until(server, 503)).body).toEqual(NOT_USABLE);
    renameSync(`${path}.moved`, path);
  });

  test('that accepts no writes is not usable', async () => {
    // As on a full disk: every read succeeds, every write fails.
    using other = new DatabaseSync(ledgerPlace(server.config));
    other.exec(`create trigger full before update on ledger
      begin select raise(abort, 'database or disk is full'); end`);
    expect((await until(server, 503)).body).toEqual(NOT_USABLE);
    other.exec('drop trigger full');
  });

  test('that another program keeps locked is not usable, and Redis stays ok', async () => {
    using other = new DatabaseSync(ledgerPlace(server.config));
    other.exec('begin immediate');
    expect((await until(server, 503)).body).toEqual(NOT_USABLE);
    other.exec('rollback');
  });
});
