import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';
import { startOfficeRedis } from './redis-server.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 20 }) };
const PAIRS = 1_200;
const SETTINGS = { CONCURRENCY: '3', LOG_LEVEL: 'debug' };

describe.concurrent('workers in processes of their own', () => {
  test('share the work of a run, and never have more requests in flight than allowed', async () => {
    await using office = await openOffice({ ...SEED, latencyMs: 60 }, SETTINGS);
    await using redis = await startOfficeRedis(office.folder);
    const program = office.program.with({ REDIS_URL: redis.url });
    const workers = [program.start('worker'), program.start('worker')];
    for (const worker of workers) await worker.says(/"worker ready"/);
    const ended = await program.call('run', office.file('a.csv', crowd(20, 60)), '--json');
    expect(summaryOf(ended).reasons).toEqual({ returned: PAIRS });
    expect(ended.stderr).not.toContain('warning:');
    const { maxConcurrent, invitationsSent } = await office.truth();
    expect(invitationsSent).toBe(PAIRS);
    expect(maxConcurrent).toBeGreaterThan(1);
    expect(maxConcurrent).toBeLessThanOrEqual(3);

    for (const { child } of workers) child.kill('SIGTERM');
    const logs = await Promise.all(workers.map(({ ended }) => ended));
    expect(logs.map(({ code }) => code)).toEqual([0, 0]);
    expect(logs.some(({ stderr }) => stderr.includes('"turn ended"'))).toBe(true);
  });

  test('join a run on its private Redis and share its budget', async () => {
    const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '20' };
    const slow = { burst: 5, requestsPerSecond: 20, inviteSeconds: 0.01 };
    await using office = await openOffice({ ...SEED, ...slow }, { ...SETTINGS, ...pace });
    // Such a message travels alone: a request for each group.
    const file = office.file('a.csv', crowd(20, 60));
    const run = office.program.start('run', file, '--message', 'Hello $result[x]', '--json');
    await office.until(({ requests }) => requests > 1);
    const worker = office.program.start('worker');
    await worker.says(/"worker ready"/);
    await office.order('limits', { inviteSeconds: 0.000_1 });
    expect(summaryOf(await run.ended).reasons).toEqual({ returned: PAIRS });
    const { rateLimitErrors, maxConcurrent, invitationsSent } = await office.truth();
    expect(rateLimitErrors).toBe(0);
    expect(maxConcurrent).toBeLessThanOrEqual(3);
    expect(invitationsSent).toBe(PAIRS);
  });

  test('cannot start where nothing runs', async () => {
    await using office = await openOffice(SEED);
    const { code, stderr } = await office.program.call('worker');
    expect(stderr).toMatch(/^error: No Redis to work for.*\n {7}Start .*\n$/);
    expect(code).toBe(1);
  });
});
