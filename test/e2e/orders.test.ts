import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, type Office, openOffice, summaryOf } from '../support/office.ts';
import type { Started } from '../support/program.ts';

/** Takes so long that an order arrives in the midst of it, however busy the machine is. */
const SLOW = {
  seed: plainSeed({ users: 60, groups: 20 }),
  inviteSeconds: 0.04,
  requestLimitSeconds: 20,
};
const PATIENT = { BITRIX24_REQUEST_TIMEOUT_SECONDS: '25' };
const FAST = { inviteSeconds: 0.000_1 };
const PAIRS = 1_200;

/** Starts a run and waits until some of its people are invited. */
async function startRun(office: Office): Promise<{ run: Started; file: string }> {
  const file = office.file('a.csv', crowd(20, 60));
  const run = office.program.start('run', file, '--json');
  await office.until(({ invitationsSent }) => invitationsSent > 50);
  return { run, file };
}

async function expectEachOnce(office: Office): Promise<void> {
  const { notifications } = await office.truth();
  expect(notifications).toHaveLength(PAIRS);
  expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
}

/** The counts of a status's table, by name. */
async function counts(office: Office, id: string): Promise<Record<string, number>> {
  const { stdout } = await office.program.call('status', id);
  const lines = [...stdout.matchAll(/^ {2}(\w+) +([\d,]+)/gm)];
  return Object.fromEntries(
    lines.map(([, name, count]) => [name, Number(count?.replace(',', ''))]),
  );
}

describe.concurrent('a paused import', () => {
  test('says so, sends nothing at all, and the same run goes on with it', async () => {
    await using office = await openOffice(SLOW, PATIENT);
    const { run, file } = await startRun(office);
    expect(await office.program.call('pause', '1')).toMatchObject({ code: 0, stderr: '' });
    await office.until(({ inFlight }) => inFlight === 0);
    const { requests } = await office.truth();
    await run.says(/ paused\n/);
    expect((await office.truth()).requests).toBe(requests);

    const again = await office.program.call('pause', '1');
    expect(again.stderr).toContain('Import 1 is paused and cannot be paused.');
    expect(again.code).toBe(1);
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    await office.order('limits', FAST);
    const second = summaryOf(await office.program.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    await expectEachOnce(office);
  });
});

describe.concurrent('a cancelled import', () => {
  test('is over: no order moves it, and the same file is a new import', async () => {
    await using office = await openOffice(SLOW, PATIENT);
    const { run, file } = await startRun(office);
    expect((await office.program.call('cancel', '1')).stdout).toMatch(/\d+ pairs were waiting/);
    const { outcomes } = summaryOf(await run.ended);
    for (const [order, participle] of [
      ['pause', 'paused'],
      ['resume', 'resumed'],
      ['cancel', 'cancelled'],
    ] as const) {
      const { code, stderr } = await office.program.call(order, '1');
      expect(stderr).toContain(`Import 1 is cancelled and cannot be ${participle}.`);
      expect(code).toBe(1);
    }
    const retry = await office.program.call('retry', '1');
    expect(retry).toMatchObject({ code: 0, stdout: 'Import 1 has nothing to retry.\n' });

    await office.order('limits', FAST);
    const second = summaryOf(await office.program.call('run', file, '--json'));
    expect(second.importId).toBe(2);
    expect(second.reasons.already_invited).toBe(outcomes.invited);
    expect(second.outcomes.invited).toBe(outcomes.cancelled);
    await expectEachOnce(office);
  });

  test('whose process was killed still finds out what became of its requests', async () => {
    await using office = await openOffice(SLOW, PATIENT);
    const { run, file } = await startRun(office);
    run.child.kill('SIGKILL');
    await run.ended;
    expect((await office.program.call('cancel', '1')).code).toBe(0);
    const left = await counts(office, '1');
    expect(left.pending).toBeGreaterThan(0);

    await office.order('limits', FAST);
    const second = summaryOf(await office.program.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 2, outcomes: { failed: 0, pending: 0 } });
    const { pending, invited = 0, cancelled = 0, rows } = await counts(office, '1');
    expect(pending).toBeUndefined();
    expect(invited + cancelled).toBe(rows);
    await expectEachOnce(office);
  });
});
