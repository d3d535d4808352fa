import { describe, expect, test, vi } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import type { Program, RunningCommand } from '../support/program.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  readResults,
  summaryOf,
} from '../support/program-harness.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 30, groups: 10 });
const PAIRS = 300;
const TIMEOUT = { timeout: 90_000, interval: 250 };

/**
 * Starts a run whose first requests, the largest number in flight, have invited users and wait for
 * their answers.
 */
async function runUntilGate(harness: ProgramHarness, start: (...argv: string[]) => RunningCommand) {
  await harness.setFaults({ kind: 'gate_answer', method });
  const file = harness.file('a.csv', crowd(10, 30));
  const run = start('run', file, '--json');
  await harness.untilGateIsFull();
  const { invitationsSent } = await harness.truth();
  return { file, run, invited: invitationsSent };
}

/** @returns the counts in the table of `status`, by name */
async function counts(program: Program, id = '1'): Promise<Record<string, number>> {
  const { stdout } = await program.call('status', id);
  const lines = [...stdout.matchAll(/^ {2}(\w+) +([\d,]+)/gm)];
  return Object.fromEntries(
    lines.map(([, name, count]) => [name, Number(count?.replace(',', ''))]),
  );
}

describe.concurrent('a paused import', () => {
  test('is reported as paused, sends no request, and continues after resume', async () => {
    await using harness = await openHarness({ seed });
    const { program } = harness;
    const { run, invited } = await runUntilGate(harness, (...argv) => program.begin(...argv));
    const { requests } = await harness.truth();
    expect(await program.call('pause', '1')).toMatchObject({ code: 0, stderr: '' });
    await harness.removeGate();
    await run.prints(/ paused\n/);
    await vi.waitUntil(async () => (await counts(program)).invited === invited, TIMEOUT);
    expect(await harness.truth()).toMatchObject({ requests, inFlight: 0 });
    expect((await program.call('status', '1')).stdout).toContain('· paused');
    const again = await program.call('pause', '1');
    expect(again.stderr).toContain('Import 1 is paused and cannot be paused.');
    expect(again.code).toBe(1);

    expect(await program.call('resume', '1')).toMatchObject({ code: 0, stderr: '' });
    expect(summaryOf(await run.ended).reasons).toEqual({ returned: PAIRS });
    await expectEachOnce(harness, PAIRS);
  });
});

describe.concurrent('a cancelled import', () => {
  test('has ended: each row has its outcome, commands refuse it, and the same file is a new import', async () => {
    await using harness = await openHarness({ seed });
    const { program } = harness;
    const { run, file, invited } = await runUntilGate(harness, (...argv) => program.begin(...argv));
    const cancelled = await program.call('cancel', '1');
    expect(cancelled.stdout).toContain(`cancelling; ${PAIRS - invited} pairs were pending`);
    await harness.removeGate();
    const ended = await run.ended;
    expect(ended.code).toBe(2);
    const { reasons, results } = summaryOf(ended);
    expect(reasons).toEqual({ returned: invited, by_user: PAIRS - invited });
    expect(readResults(results)).toHaveLength(PAIRS);
    expect((await harness.truth()).invitationsSent).toBe(invited);
    for (const [command, participle] of [
      ['pause', 'paused'],
      ['resume', 'resumed'],
      ['cancel', 'cancelled'],
    ] as const) {
      const { code, stderr } = await program.call(command, '1');
      expect(stderr).toContain(`Import 1 is cancelled and cannot be ${participle}.`);
      expect(code).toBe(1);
    }
    const retry = await program.call('retry', '1');
    expect(retry).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Import 1 has nothing to retry without --reason; .*by_user \d+/,
      ),
    });

    const second = summaryOf(await program.call('run', file, '--json'));
    expect(second).toMatchObject({
      importId: 2,
      reasons: { already_invited: invited, returned: PAIRS - invited },
    });
    await expectEachOnce(harness, PAIRS);
  });

  test('whose process was killed still gets the outcomes of its requests', async () => {
    await using harness = await openHarness({ seed }, PRIVATE_REDIS);
    const { program } = harness;
    const { run, file, invited } = await runUntilGate(harness, (...argv) => program.start(...argv));
    program.killAll();
    await run.ended;
    await harness.removeGate();
    expect((await program.call('cancel', '1')).code).toBe(0);
    expect(await counts(program)).toMatchObject({
      pending: invited,
      cancelled: PAIRS - invited,
    });

    await harness.ageRequests();
    const second = summaryOf(await program.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 2, outcomes: { failed: 0, pending: 0 } });
    await vi.waitUntil(async () => (await counts(program)).pending === undefined, TIMEOUT);
    expect(await counts(program)).toMatchObject({ invited, cancelled: PAIRS - invited });
    await expectEachOnce(harness, PAIRS);
  });
});

test('a pair that is in flight for another import waits for the answer', async () => {
  await using harness = await openHarness({ seed });
  const { program } = harness;
  await harness.setFaults({ kind: 'gate', method, times: 1 });
  const first = program.begin('run', harness.file('a.csv', crowd(1, 1)), '--json');
  await harness.until(({ atGate }) => atGate === 1);
  const argv = ['--json', '--message', 'another'];
  const second = program.begin('run', harness.file('b.csv', crowd(2, 10)), ...argv);
  await vi.waitUntil(async () => (await counts(program, '2')).invited === 19, TIMEOUT);
  expect(await counts(program, '2')).toMatchObject({ invited: 19, pending: 1 });
  await harness.openGate();
  expect(summaryOf(await first.ended).reasons).toEqual({ returned: 1 });
  expect(summaryOf(await second.ended).reasons).toEqual({ returned: 19, already_invited: 1 });
  await expectEachOnce(harness, 20);
});
