import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { crowd } from '../support/program-harness.ts';
import { orderSandbox } from '../support/sandbox-order.ts';
import { openRelay } from '../support/services/relay.ts';
import { startTestWorker } from '../support/start-test-worker.ts';

const stack = new AsyncDisposableStack();
afterEach(() => stack.disposeAsync());

const GROUPS = 110;
const USERS = 3;
const PAIRS = GROUPS * USERS;

test('a worker that loses Redis loses its chunks to another worker, and sends nothing twice when it is back', async () => {
  const seed = plainSeed({ users: USERS, groups: GROUPS });
  const sandbox = await startSandbox({
    ...{ seed, burst: 500, requestsPerSecond: 500, inviteSeconds: 0.001 },
  });
  stack.defer(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-cut-off-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const harness = stack.use(await startHarnessRedis(folder));
  const relay = stack.use(await openRelay(Number(new URL(harness.url).port)));
  const terms = {
    ...{ ledger: join(folder, 'ledger.db'), webhookUrl: sandbox.webhookUrl },
    ...{ timeoutMs: 5_000, lockMs: 500 },
  };

  const far = await startTestWorker({
    ...terms,
    redis: { kind: 'url', url: `redis://127.0.0.1:${relay.port}` },
  });
  stack.use(far);
  const portal = new URL(sandbox.webhookUrl).host;
  const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
  const id = await takeCsv(far.db, source, async function* () {
    yield Buffer.from(crowd(GROUPS, USERS));
  });
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  await order('faults', [{ kind: 'gate_answer', method: 'sonet_group.user.invite' }]);
  await startImport(far.db, id);
  await sandbox.until(({ atGate }) => atGate === 2, AbortSignal.timeout(90_000));
  relay.stall();

  const near = await startTestWorker({ ...terms, redis: { kind: 'url', url: harness.url } });
  stack.use(near);
  const owners = async () =>
    (await near.db.selectFrom('chunks').select('owner').orderBy('number').execute()).map(
      ({ owner }) => owner,
    );
  const before = await owners();
  await expect.poll(owners, { timeout: 90_000 }).not.toEqual(before);
  await order('faults', []);
  await order('gate/open', {});
  relay.resume();
  const state = async () => (await findImport(near.db, id))?.state;
  await expect.poll(state, { timeout: 90_000 }).toBe('finished');

  const tallies = await readTallies(near.db, id);
  expect(tallies.reduce((sum, { count }) => sum + count, 0)).toBe(PAIRS);
  expect(new Set(tallies.map(({ outcome }) => outcome))).toEqual(new Set(['invited']));
  const answer = await fetch(`${sandbox.origin}/sandbox/truth`);
  const { notifications } = (await answer.json()) as Truth;
  expect(notifications).toHaveLength(PAIRS);
  expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  expect(far.reported.join()).toMatch(/has taken the chunk|renew lock|Lock mismatch|Missing/);
});
