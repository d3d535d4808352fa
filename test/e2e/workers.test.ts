import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  summaryOf,
} from '../support/program-harness.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 30, groups: 20 });
const PAIRS = 600;
const SETTINGS = { CONCURRENCY: '3', LOG_LEVEL: 'debug' };

describe.concurrent('workers in separate processes', () => {
  test('share the work of a run within the limit of requests in flight', async () => {
    await using harness = await openHarness({ seed }, SETTINGS);
    const { program } = harness;
    await harness.setFaults({ kind: 'gate', method });
    const workers = [program.start('worker'), program.start('worker')];
    for (const worker of workers) await worker.prints(/"worker ready"/);
    const run = program.begin('run', harness.file('a.csv', crowd(20, 30)), '--json');
    await harness.until(({ atGate }) => atGate === 3);
    await harness.removeGate();
    const ended = await run.ended;
    expect(summaryOf(ended).reasons).toEqual({ returned: PAIRS });
    expect(ended.stderr).not.toContain('warning:');
    expect((await harness.truth()).maxConcurrent).toBe(3);
    await expectEachOnce(harness, PAIRS);

    const logs = await Promise.all(workers.map((worker) => worker.stop()));
    expect(logs.map(({ code }) => code)).toEqual([0, 0]);
    expect(logs.some(({ stderr }) => stderr.includes('"turn ended"'))).toBe(true);
  });

  test('cannot start without a running Redis', async () => {
    await using harness = await openHarness({ seed }, PRIVATE_REDIS);
    const { code, stderr } = await harness.program.call('worker');
    expect(stderr).toMatch(/^error: There is no Redis to connect to.*\n {7}Start .*\n$/);
    expect(code).toBe(1);
  });
});
