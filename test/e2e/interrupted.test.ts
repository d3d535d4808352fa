import { describe, expect, test } from 'vitest';
import { connectRedis } from '../../src/queue/connection.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, type Office, openOffice, summaryOf } from '../support/office.ts';
import { startOfficeRedis } from './redis-server.ts';

const seed = plainSeed({ users: 60, groups: 10 });
const PAIRS = 600;
const SLOW_ENOUGH = { seed, inviteSeconds: 0.01 };

async function expectEachOnce(office: Office): Promise<void> {
  const { notifications } = await office.truth();
  expect(notifications).toHaveLength(PAIRS);
  expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
}

const started = (office: Office) => office.until(({ invitationsSent }) => invitationsSent > 100);

describe.concurrent('an import that is interrupted goes on with the same command', () => {
  test('after Ctrl-C, which lets the requests in flight end', async () => {
    await using office = await openOffice(SLOW_ENOUGH);
    const file = office.file('a.csv', crowd(10, 60));
    const first = office.program.start('run', file);
    await started(office);
    first.child.kill('SIGINT');
    const { code, stdout } = await first.ended;
    expect(code).toBe(130);
    expect(stdout).toContain('Nothing is lost');
    const second = await office.program.call('run', file, '--json');
    expect(summaryOf(second)).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    await expectEachOnce(office);
  });

  test('after it was killed', async () => {
    await using office = await openOffice(SLOW_ENOUGH);
    const file = office.file('a.csv', crowd(10, 60));
    const first = office.program.start('run', file);
    await started(office);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await office.program.call('run', file, '--json');
    expect(second.stderr).toContain('Going on with import 1');
    expect(summaryOf(second)).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    await expectEachOnce(office);
  });
});

describe.concurrent('an import goes on by itself', () => {
  test.each<[string, (office: Office) => Promise<void>]>([
    ['when its Redis is killed', ({ program }) => program.killRedis()],
    ['when its Redis is emptied', ({ program }) => program.withRedis((redis) => redis.flushall())],
  ])('%s', async (_, act) => {
    await using office = await openOffice(SLOW_ENOUGH);
    const run = office.program.start('run', office.file('a.csv', crowd(10, 60)), '--json');
    await started(office);
    await act(office);
    expect(summaryOf(await run.ended).outcomes).toMatchObject({ invited: PAIRS });
    await expectEachOnce(office);
  });
});

test('a Redis of one’s own does as well, with a warning when it may forget jobs', async () => {
  await using office = await openOffice(SLOW_ENOUGH);
  const policy = ['--maxmemory-policy', 'allkeys-lru'];
  await using server = await startOfficeRedis(office.folder, ...policy);
  const program = office.program.with({ REDIS_URL: server.url });
  const ended = await program.call('run', office.file('a.csv', crowd(10, 60)), '--json');
  expect(ended.stderr.match(/^warning: .*maxmemory-policy is allkeys-lru/gm)).toHaveLength(1);
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: PAIRS });
  const redis = await connectRedis({ kind: 'url', url: server.url });
  expect((await redis.keys('bulk-invite*')).length).toBeGreaterThan(0);
  await redis.quit();
});
