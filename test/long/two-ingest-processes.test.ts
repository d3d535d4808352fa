import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { openHarness, type ProgramHarness, summaryOf } from '../support/program-harness.ts';

const PAIRS = 40;
const people = Array.from({ length: PAIRS }, (_, at) => `2,person${at + 2}@northwind.example`);
const CSV = `group_id,email\n${people.join('\n')}\n`;
const WAITS = /Another process is reading a\.csv \(import 1\); waiting until it has finished\./;

/** Starts two processes on the same ledger, with a portal that rate-limits reads. */
async function openBusyHarness() {
  await using stack = new AsyncDisposableStack();
  const harness = stack.use(await openHarness({ seed: plainSeed({ users: 60, groups: 4 }) }));
  const redis = stack.use(await startHarnessRedis(harness.folder));
  await harness.setFaults({ kind: 'rate_limit', method: 'user.get' });
  const program = harness.program.with({ REDIS_URL: redis.url });
  const file = harness.file('a.csv', CSV);
  const first = program.start('run', file, '--json');
  await harness.until(({ rateLimitErrors }) => rateLimitErrors > 0);
  const second = program.start('run', file, '--json');
  await second.prints(WAITS);
  const opened = stack.move();
  return {
    ...{ harness, first, second },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function expectAllInvitedOnce(harness: ProgramHarness): Promise<void> {
  const { notifications } = await harness.truth();
  expect(notifications.map(({ count }) => count)).toEqual(Array(PAIRS).fill(1));
}

describe.concurrent('two processes that ingest the same file into one ledger', () => {
  test('the second waits for the first and continues with its rows', async () => {
    await using busy = await openBusyHarness();
    const { harness, first, second } = busy;
    await harness.setFaults();
    const summaries = [summaryOf(await first.ended), summaryOf(await second.ended)];
    for (const { importId, outcomes } of summaries) {
      expect([importId, outcomes.invited]).toEqual([1, PAIRS]);
    }
    await expectAllInvitedOnce(harness);
  });

  test('the second takes over when the first is suspended, which then writes nothing', async () => {
    await using busy = await openBusyHarness();
    const { harness, first, second } = busy;
    first.child.kill('SIGSTOP');
    await harness.setFaults();
    expect(summaryOf(await second.ended).outcomes.invited).toBe(PAIRS);
    first.child.kill('SIGCONT');
    const { code, stderr } = await first.ended;
    expect(stderr).toMatch(/error: Another process has taken over a\.csv/);
    expect(code).toBe(1);
    await expectAllInvitedOnce(harness);
  });
});
