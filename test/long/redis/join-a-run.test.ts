import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  summaryOf,
} from '../../support/program-harness.ts';

// BullMQ's blocking connection is never closed without Redis and keeps the process alive.
test('a worker joins a run on its private Redis, shares its budget, and ends on SIGTERM after that Redis is gone', async () => {
  const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '10' };
  const settings = { ...PRIVATE_REDIS, ...pace, CONCURRENCY: '3', LOG_LEVEL: 'debug' };
  await using harness = await openHarness({ seed: plainSeed({ users: 5, groups: 60 }) }, settings);
  const startedAt = performance.now();
  await harness.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
  // Such a message is not batched: one request per group.
  const argv = ['--message', 'Hello $result[x]', '--json'];
  const run = harness.program.begin('run', harness.file('a.csv', crowd(60, 2)), ...argv);
  await harness.until(({ atGate }) => atGate === 3);
  const worker = harness.program.start('worker');
  await worker.prints(/"worker ready"/);
  await harness.removeGate();
  expect(summaryOf(await run.ended).reasons).toEqual({ returned: 120 });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { maxConcurrent, requests } = await harness.truth();
  expect(maxConcurrent).toBe(3);
  expect(requests).toBeLessThanOrEqual(5 + 10 * seconds);
  await expectEachOnce(harness, 120);
  expect((await worker.stop()).code).toBe(0);
});
