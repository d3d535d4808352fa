import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { findPrivateRedis } from '../../../src/redis/embedded/embedded-redis.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  summaryOf,
} from '../../support/program-harness.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 30, groups: 10 });
const PAIRS = 300;

/** Starts a run and waits until the largest number of requests in flight has reached the gate. */
async function startUntilGate(harness: ProgramHarness, file: string, kind: 'gate' | 'gate_answer') {
  await harness.setFaults({ kind, method });
  const run = harness.program.start('run', file);
  await harness.untilGateIsFull();
  return run;
}

/** Completes the requests of a killed client at the portal. @returns the number of their invitations */
async function endRequests(harness: ProgramHarness, before: number): Promise<number> {
  await harness.removeGate();
  await harness.ageRequests();
  return (await harness.truth()).invitationsSent - before;
}

test('a run continues the import of a killed process, and no user is invited twice', async () => {
  await using harness = await openHarness({ seed }, PRIVATE_REDIS);
  const file = harness.file('a.csv', crowd(10, 30));
  const killed = await startUntilGate(harness, file, 'gate');
  const redis = join(harness.folder, 'data/redis');
  expect(await findPrivateRedis(redis)).toBeDefined();
  killed.child.kill('SIGKILL');
  expect((await killed.ended).code).toBe(null);
  const isGone = async () => (await findPrivateRedis(redis)) === undefined;
  await vi.waitUntil(isGone, { timeout: 90_000 });
  const late = await endRequests(harness, 0);
  expect(late).toBeGreaterThan(0);

  const interrupted = await startUntilGate(harness, file, 'gate_answer');
  interrupted.child.kill('SIGINT');
  await interrupted.prints(
    /Stopping when the requests in flight are answered\. Press Ctrl-C again to stop at once\./,
  );
  interrupted.child.kill('SIGINT');
  const { code, stdout } = await interrupted.ended;
  expect(code).toBe(130);
  expect(stdout).not.toContain('rows  ');
  expect((await harness.program.call('status', '1')).stdout).toContain('· running');
  const unreported = await endRequests(harness, late);
  expect(unreported).toBeGreaterThan(0);

  const last = await harness.program.call('run', file, '--json');
  expect(last.stderr).toContain('Resuming import 1');
  expect(summaryOf(last)).toMatchObject({
    importId: 1,
    reasons: { confirmed: late + unreported, returned: PAIRS - late - unreported },
  });
  await expectEachOnce(harness, PAIRS);
});
