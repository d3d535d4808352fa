import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import type { RunningCommand } from '../../support/program.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  SHORT_TIMEOUT,
  summaryOf,
} from '../../support/program-harness.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 20, groups: 10 });
const PAIRS = 200;
const ALL_INVITED = { invited: PAIRS, failed: 0, unknown: 0, pending: 0 };

/** Starts a run whose first requests have invited users and wait for their answers. */
async function runUntilGate<Run extends RunningCommand>(
  harness: ProgramHarness,
  start: (...argv: string[]) => Run,
): Promise<{ run: Run; file: string }> {
  await harness.setFaults({ kind: 'gate_answer', method });
  const file = harness.file('a.csv', crowd(10, 20));
  const run = start('run', file, '--json');
  await harness.untilGateIsFull();
  return { run, file };
}

describe.concurrent('an error of the whole portal fails no pair', () => {
  test.each([
    ['auth', 'NO_AUTH_FOUND', 'The webhook was deleted', 'continues without a command'],
    ['overload', 'OVERLOAD_LIMIT', 'Bitrix24 has blocked REST', 'continues after resume'],
  ] as const)('%s: %s, %s, %s', async (kind, code, remedy, how) => {
    await using harness = await openHarness({ seed }, SHORT_TIMEOUT);
    const { program } = harness;
    const { run } = await runUntilGate(harness, (...argv) => program.begin(...argv));
    await harness.setFaults({ kind, method });
    await harness.openGate();
    await run.prints(new RegExp(`^\\d+ % .* held: ${code} .* – ${remedy}`, 'm'));
    const held = await program.call('status', '1');
    expect(held.stdout).toMatch(
      new RegExp(`· held\\n(?:.*(?: in flight| left out).*\\n)*.*: ${code} .*\\n  ${remedy}`),
    );
    await harness.setFaults();
    if (how === 'continues after resume') {
      const { stdout } = await program.call('resume', '1');
      expect(stdout).toContain('Import 1 is running.');
    }
    const ended = await run.ended;
    expect(summaryOf(ended).outcomes).toMatchObject(ALL_INVITED);
    expect(ended.code).toBe(0);
    const { stdout } = await program.call('status', '1');
    expect(stdout).toContain('· finished\n');
    expect(stdout).not.toContain('held');
  });

  test('a revoked webhook leaves the rest pending, and only a new webhook continues the import', async () => {
    await using harness = await openHarness({ seed }, { ...PRIVATE_REDIS, ...SHORT_TIMEOUT });
    const { program } = harness;
    const { run, file } = await runUntilGate(harness, (...argv) => program.start(...argv));
    await harness.order('webhook', { code: 'brandNew' });
    await harness.removeGate();
    await run.prints(/held: INVALID_CREDENTIALS/);
    const { code, stderr } = await run.stop();
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted. Nothing is lost: run the same command again');
    const status = await program.call('status', '1');
    expect(status.stdout).toMatch(/^ {2}pending +\d+$/m);
    expect(status.stdout).not.toContain('failed');

    const old = await program.call('run', file);
    expect(old.stderr).toMatch(/^error: The portal 127\.0\.0\.1:\d+ refuses the webhook/);
    expect(old.stderr).toMatch(/\n {7}.*set BITRIX24_WEBHOOK_URL/);
    expect(old).toMatchObject({ code: 1, stdout: '' });

    const url = `${harness.origin}/rest/1/brandNew/`;
    const renewed = program.with({ BITRIX24_WEBHOOK_URL: url });
    const second = await renewed.call('run', file, '--json');
    expect(second.stderr).toContain('Resuming import 1');
    expect(summaryOf(second)).toMatchObject({ importId: 1, outcomes: ALL_INVITED });
    await expectEachOnce(harness, PAIRS);
  });

  test('a run waits for a portal that answers 503', async () => {
    await using harness = await openHarness({ seed }, SHORT_TIMEOUT);
    const { program } = harness;
    const { run } = await runUntilGate(harness, (...argv) => program.begin(...argv));
    await harness.setFaults({ kind: 'html_503' });
    await harness.openGate();
    await harness.until(({ faults }) => (faults.html_503 ?? 0) > 8);
    await harness.setFaults();
    expect(summaryOf(await run.ended).outcomes).toMatchObject(ALL_INVITED);
    await expectEachOnce(harness, PAIRS);
  });
});
