import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openOffice,
  PRIVATE_REDIS,
  summaryOf,
} from '../../support/program-harness.ts';

// BullMQ's blocking connection is never closed without Redis and keeps the process alive.
test('a worker joins a run on its private Redis, shares its budget, and ends when it is asked to, though that Redis is gone', async () => {
  const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '10' };
  const settings = { ...PRIVATE_REDIS, ...pace, CONCURRENCY: '3', LOG_LEVEL: 'debug' };
  await using office = await openOffice({ seed: plainSeed({ users: 5, groups: 60 }) }, settings);
  const startedAt = performance.now();
  await office.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
  // Such a message travels alone: a request for each group.
  const argv = ['--message', 'Hello $result[x]', '--json'];
  const run = office.program.begin('run', office.file('a.csv', crowd(60, 2)), ...argv);
  await office.until(({ atGate }) => atGate === 3);
  const worker = office.program.start('worker');
  await worker.says(/"worker ready"/);
  await office.removeGate();
  expect(summaryOf(await run.ended).reasons).toEqual({ returned: 120 });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { maxConcurrent, requests } = await office.truth();
  expect(maxConcurrent).toBe(3);
  expect(requests).toBeLessThanOrEqual(5 + 10 * seconds);
  await expectEachOnce(office, 120);
  expect((await worker.stop()).code).toBe(0);
});
