import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, expectEachOnce, openOffice, PRIVATE_REDIS, summaryOf } from '../support/office.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 30, groups: 20 });
const PAIRS = 600;
const SETTINGS = { CONCURRENCY: '3', LOG_LEVEL: 'debug' };

describe.concurrent('workers in processes of their own', () => {
  test('share the work of a run, and never have more requests in flight than allowed', async () => {
    await using office = await openOffice({ seed }, SETTINGS);
    const { program } = office;
    await office.setFaults({ kind: 'gate', method });
    const workers = [program.start('worker'), program.start('worker')];
    for (const worker of workers) await worker.says(/"worker ready"/);
    const run = program.begin('run', office.file('a.csv', crowd(20, 30)), '--json');
    await office.until(({ atGate }) => atGate === 3);
    await office.removeGate();
    const ended = await run.ended;
    expect(summaryOf(ended).reasons).toEqual({ returned: PAIRS });
    expect(ended.stderr).not.toContain('warning:');
    expect((await office.truth()).maxConcurrent).toBe(3);
    await expectEachOnce(office, PAIRS);

    const logs = await Promise.all(workers.map((worker) => worker.stop()));
    expect(logs.map(({ code }) => code)).toEqual([0, 0]);
    expect(logs.some(({ stderr }) => stderr.includes('"turn ended"'))).toBe(true);
  });

  // BullMQ's blocking connection is never closed without Redis and keeps the process alive.
  test('join a run on its private Redis, share its budget, and end when they are asked to, though that Redis is gone', async () => {
    const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '10' };
    const settings = { ...SETTINGS, ...PRIVATE_REDIS, ...pace };
    await using office = await openOffice({ seed: plainSeed({ users: 5, groups: 60 }) }, settings);
    const startedAt = performance.now();
    await office.setFaults({ kind: 'gate', method });
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

  test('cannot start where nothing runs', async () => {
    await using office = await openOffice({ seed }, PRIVATE_REDIS);
    const { code, stderr } = await office.program.call('worker');
    expect(stderr).toMatch(/^error: No Redis to work for.*\n {7}Start .*\n$/);
    expect(code).toBe(1);
  });
});
