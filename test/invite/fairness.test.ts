import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { startImport } from '../../src/invite/control.ts';
import { enqueuePending } from '../../src/invite/enqueue.ts';
import { findImport } from '../../src/ledger/imports.ts';
import { readTallies } from '../../src/ledger/tallies.ts';
import { createLog } from '../../src/log.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd } from '../support/office.ts';
import { takeCsv } from '../support/take-csv.ts';

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

test('a small import started later ends within the time of a few requests', async () => {
  const sandbox = await startSandbox({
    seed: plainSeed({ users: 1_000, groups: 101 }),
    inviteSeconds: 0.003,
  });
  stack.defer(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-fairness-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const environment = { BITRIX24_WEBHOOK_URL: sandbox.webhookUrl, DATA_DIR: folder };
  const config = readConfig(environment, join(folder, '.env'));
  const { webhook } = config;
  if (webhook === undefined) throw new Error('no webhook');
  const app = await openApp({
    config,
    webhook,
    log: createLog(config, { quiet: true }),
    redis: 'own',
  });
  stack.use(app);

  const large = await start(app, webhook.portal, 'large.csv', crowd(100, 1_000));
  const worker = await app.startWorker((error) => {
    throw error;
  });
  stack.defer(() => worker.drain(0));
  const truth = async () =>
    (await (await fetch(`${sandbox.origin}/sandbox/truth`)).json()) as { requests: number };
  const sent = async () =>
    (await readTallies(app.db, large)).some(
      (tally) => tally.outcome === 'invited' && tally.count > 500,
    );
  while (!(await sent())) await sleep(20);

  const before = (await truth()).requests;
  const small = await start(app, webhook.portal, 'small.csv', crowd(1, 50, 101));
  while ((await findImport(app.db, small))?.state !== 'finished') await sleep(20);
  // Four that were out already, four more at most, and its own.
  expect((await truth()).requests - before).toBeLessThanOrEqual(12);
  expect((await findImport(app.db, large))?.state).toBe('running');
});
