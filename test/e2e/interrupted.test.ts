import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectRedis } from '../../src/queue/connection.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, type Office, openOffice, summaryOf } from '../support/office.ts';

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
  const path = join(office.folder, 'own.sock');
  const policy = ['--maxmemory-policy', 'allkeys-lru', '--save', ''];
  const port = 20_000 + (process.pid % 20_000);
  const listen = ['--port', String(port), '--bind', '127.0.0.1', '--unixsocket', path];
  const server = spawn('redis-server', [...listen, ...policy], { cwd: office.folder });
  try {
    for await (const text of server.stdout) if (/Ready to accept/i.test(String(text))) break;
    const redis = await connectRedis({ kind: 'socket', path });
    await using own = await openOffice(SLOW_ENOUGH, { REDIS_URL: `redis://127.0.0.1:${port}` });
    const ended = await own.program.call('run', own.file('a.csv', crowd(10, 60)), '--json');
    expect(ended.stderr).toContain('maxmemory-policy is allkeys-lru');
    expect(summaryOf(ended).outcomes).toMatchObject({ invited: PAIRS });
    expect((await redis.keys('bulk-invite*')).length).toBeGreaterThan(0);
    await redis.quit();
  } finally {
    server.kill();
    await once(server, 'exit');
  }
});
