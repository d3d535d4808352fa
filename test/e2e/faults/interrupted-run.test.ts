import { describe, expect, test } from 'vitest';
import { connectRedis } from '../../../src/redis/connection.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  summaryOf,
} from '../../support/program-harness.ts';
import { startHarnessRedis } from '../redis/redis-server.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 30, groups: 10 });
const PAIRS = 300;

test('Ctrl-C completes the requests in flight, and the same command continues a paused import', async () => {
  await using harness = await openHarness({ seed }, PRIVATE_REDIS);
  const { program } = harness;
  await harness.setFaults({ kind: 'gate_answer', method });
  const file = harness.file('a.csv', crowd(10, 30));
  const first = program.start('run', file);
  await harness.untilGateIsFull();
  first.child.kill('SIGINT');
  await first.prints(/Stopping when the requests in flight are answered/);
  await harness.removeGate();
  const { code, stdout } = await first.ended;
  expect(code).toBe(130);
  expect(stdout).toContain('Nothing is lost');
  expect((await program.call('pause', '1')).code).toBe(0);
  const second = await program.call('run', file, '--json');
  expect(summaryOf(second)).toMatchObject({ importId: 1, reasons: { returned: PAIRS } });
  await expectEachOnce(harness, PAIRS);
});

describe.concurrent('an import continues without a command', () => {
  test.each<[string, (harness: ProgramHarness) => Promise<void>]>([
    ['when its Redis is killed', ({ program }) => program.killRedis()],
    ['when its Redis is emptied', ({ program }) => program.withRedis((redis) => redis.flushall())],
  ])('%s', async (_, act) => {
    await using harness = await openHarness({ seed }, PRIVATE_REDIS);
    await harness.setFaults({ kind: 'gate_answer', method });
    const run = harness.program.begin('run', harness.file('a.csv', crowd(10, 30)), '--json');
    await harness.untilGateIsFull();
    await act(harness);
    await harness.removeGate();
    expect(summaryOf(await run.ended).reasons).toEqual({ returned: PAIRS });
    await expectEachOnce(harness, PAIRS);
  });
});

test('an external Redis works, with a warning when it can evict jobs', async () => {
  await using harness = await openHarness({ seed });
  const policy = ['--maxmemory-policy', 'allkeys-lru'];
  await using server = await startHarnessRedis(harness.folder, ...policy);
  const program = harness.program.with({ REDIS_URL: server.url });
  const ended = await program.call('run', harness.file('a.csv', crowd(2, 10)), '--json');
  expect(ended.stderr.match(/^warning: .*maxmemory-policy is allkeys-lru/gm)).toHaveLength(1);
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 20 });
  const redis = await connectRedis({ kind: 'url', url: server.url });
  expect((await redis.keys('bulk-invite*')).length).toBeGreaterThan(0);
  await redis.quit();
});
