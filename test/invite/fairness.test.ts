import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type App, openApp } from '../../src/app/open-app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { enqueuePending } from '../../src/invite/enqueue.ts';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { startWorker } from '../../workers/invite-worker.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { crowd } from '../support/program-harness.ts';
import { orderSandbox } from '../support/sandbox-order.ts';

const SLOTS = 4;
/** A little longer than a chunk's turn may last, in milliseconds. */
const TURN_MS = 2_100;

const stack = new AsyncDisposableStack();
afterEach(() => stack.disposeAsync());

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

async function start(app: App, portal: string, fileName: string, csv: string): Promise<number> {
  const source = { fileName, fileDigest: fileName, portal, message: null };
  const id = await takeCsv(app.db, source, () => bytesOf(csv));
  await startImport(app.db, id);
  await enqueuePending(app.db, app.queue, id);
  return id;
}

test('finishes a small import that starts later within the time of a few requests', async () => {
  const sandbox = await startSandbox({
    seed: plainSeed({ users: 200, groups: 101 }),
    // Invitations cost more than a slow machine adds; otherwise the budget would reduce the slots.
    ...{ burst: 500, requestsPerSecond: 500, inviteSeconds: 0.01 },
  });
  stack.defer(() => sandbox.close());
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  const until = (wanted: (truth: Truth) => boolean) =>
    sandbox.until(wanted, AbortSignal.timeout(90_000));
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-fairness-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const config = readConfig(
    {
      ...{ BITRIX24_WEBHOOK_URL: sandbox.webhookUrl, DATA_DIR: folder },
      ...{ BITRIX24_BURST: '500', BITRIX24_REQUESTS_PER_SECOND: '500' },
      BITRIX24_REQUEST_TIMEOUT_SECONDS: '600',
    },
    '',
  );
  const { webhook } = config;
  if (webhook === undefined) throw new Error('no webhook');
  const log = createLog(config, { quiet: true });
  const app = stack.use(await openApp({ config, webhook, log, redis: 'own' }));

  const large = await start(app, webhook.portal, 'large.csv', crowd(100, 200));
  await order('faults', [{ kind: 'gate', method: 'sonet_group.user.invite' }]);
  const worker = await app.startWorker(startWorker, (error) => {
    throw error;
  });
  stack.defer(() => worker.drain(0));
  // Its first requests take longer than a turn may last.
  await until(({ atGate }) => atGate === SLOTS);
  await sleep(TURN_MS);
  const small = await start(app, webhook.portal, 'small.csv', crowd(1, 40, 101));
  let answered = 0;
  while ((await findImport(app.db, small))?.state !== 'finished') {
    await order('gate/open', { requests: 1 });
    answered += 1;
    await until(({ atGate }) => atGate === SLOTS);
  }
  // At most: the requests in flight, as many more, and its own.
  expect(answered).toBeLessThanOrEqual(3 * SLOTS);
  expect((await findImport(app.db, large))?.state).toBe('running');
  await order('faults', []);
  await order('gate/open', {});
});
