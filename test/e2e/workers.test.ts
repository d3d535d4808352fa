import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, PRIVATE_REDIS, summaryOf } from '../support/office.ts';
import { startOfficeRedis } from './redis-server.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 20 }) };
const PAIRS = 1_200;
/** Nobody loses patience here, however busy the machine is. */
const SETTINGS = {
  CONCURRENCY: '3',
  LOG_LEVEL: 'debug',
  BITRIX24_REQUEST_TIMEOUT_SECONDS: '20',
};

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

    const logs = await Promise.all(workers.map((worker) => worker.stop()));
    expect(logs.map(({ code }) => code)).toEqual([0, 0]);
    expect(logs.some(({ stderr }) => stderr.includes('"turn ended"'))).toBe(true);
  });

  test('join a run on its private Redis and share its budget', async () => {
    const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '20' };
    // What a stalled machine brings late and at once has room in the portal's bucket; what two
    // budgets would send has not.
    const portal = { burst: 25, requestsPerSecond: 20, inviteSeconds: 0.1 };
    const seed = plainSeed({ users: 10, groups: 200 });
    await using office = await openOffice({ seed, ...portal }, { ...SETTINGS, ...pace });
    // Such a message travels alone: a request for each group.
    const file = office.file('a.csv', crowd(200, 4));
    const run = office.program.start('run', file, '--message', 'Hello $result[x]', '--json');
    await office.until(({ requests }) => requests > 1);
    const worker = office.program.start('worker');
    await worker.says(/"worker ready"/);
    await office.order('limits', { inviteSeconds: 0.000_1 });
    expect(summaryOf(await run.ended).reasons).toEqual({ returned: 800 });
    const { rateLimitErrors, maxConcurrent, invitationsSent } = await office.truth();
    expect(rateLimitErrors).toBe(0);
    expect(maxConcurrent).toBeLessThanOrEqual(3);
    expect(invitationsSent).toBe(800);
  });

  // BullMQ's blocking connection is never closed without Redis and keeps the process alive.
  test('end when they are asked to, also when their Redis is gone', async () => {
    await using office = await openOffice({ ...SEED, inviteSeconds: 0.025 }, SETTINGS);
    const run = office.program.start('run', office.file('a.csv', crowd(20, 60)));
    await office.until(({ invitationsSent }) => invitationsSent > 0);
    const worker = office.program.start('worker');
    await worker.says(/"worker ready"/);
    await office.order('limits', { inviteSeconds: 0.000_1 });
    expect((await run.ended).code).toBe(0);
    expect((await worker.stop()).code).toBe(0);
  });

  test('and servers end with a sentence when a newer program has changed the ledger, and do not start again', async () => {
    await using office = await openOffice(SEED);
    await using redis = await startOfficeRedis(office.folder);
    const program = office.program.with({ REDIS_URL: redis.url });
    const worker = program.start('worker');
    const server = program.with({ PORT: '0' }).start('serve', '--no-worker');
    await Promise.all([worker.says(/"worker ready"/), server.says(/\/login\?token=/)]);
    const ledger = new DatabaseSync(join(office.folder, 'data/ledger.db'));
    ledger.exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
    ledger.close();
    for (const ended of await Promise.all([worker.ended, server.ended])) {
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(
        /^error: A newer version of the program has changed the ledger meanwhile \(9999-later\)\.\n {7}Install .*\n$/m,
      );
      expect(ended.stderr).not.toMatch(/unexpected|^ +at /m);
    }
    const again = await program.call('worker');
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: The ledger .* was written by a newer version .*\n {7}/,
      ),
    });
  });

  test('cannot start where nothing runs', async () => {
    await using office = await openOffice(SEED, PRIVATE_REDIS);
    const { code, stderr } = await office.program.call('worker');
    expect(stderr).toMatch(/^error: No Redis to work for.*\n {7}Start .*\n$/);
    expect(code).toBe(1);
  });
});
