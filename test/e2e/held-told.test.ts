import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 10 }), inviteSeconds: 0.01 };
const PAIRS = 600;
const method = 'sonet_group.user.invite';

describe.concurrent('a portal that is held', () => {
  test('is told in the progress with what to do, and resume tries at once', async () => {
    await using office = await openOffice(SEED);
    const run = office.program.start('run', office.file('a.csv', crowd(10, 60)), '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    await office.setFaults({ kind: 'auth', method });
    await run.says(/^\d+ % .* held: NO_AUTH_FOUND .* – The webhook was deleted .*$/m);
    await office.setFaults();
    const resumed = await office.program.call('resume', '1');
    expect(resumed.stdout).toContain('Import 1 is running.');
    const ended = await run.ended;
    expect(summaryOf(ended).reasons).toEqual({ returned: PAIRS });
    expect(ended.code).toBe(0);
    const status = await office.program.call('status', '1');
    expect(status.stdout).toContain('· finished\n');
    expect(status.stdout).not.toContain('held');
  });

  test('keeps the run from starting with the old webhook, and the import stays', async () => {
    await using office = await openOffice(SEED);
    const file = office.file('a.csv', crowd(10, 60));
    const first = office.program.start('run', file);
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    await office.order('webhook', { code: 'brandNew' });
    await first.says(/held: INVALID_CREDENTIALS/);
    first.child.kill('SIGINT');
    const { code, stdout } = await first.ended;
    expect(code).toBe(130);
    expect(stdout).toContain('Interrupted. Nothing is lost: the same command goes on');

    const old = await office.program.call('run', file);
    expect(old.stderr).toMatch(/^error: The portal 127\.0\.0\.1:\d+ refuses the webhook/);
    expect(old.stderr).toMatch(/\n {7}.*set BITRIX24_WEBHOOK_URL/);
    expect(old).toMatchObject({ code: 1, stdout: '' });

    const url = `${office.origin}/rest/1/brandNew/`;
    const renewed = office.program.with({ BITRIX24_WEBHOOK_URL: url });
    const second = await renewed.call('run', file, '--json');
    expect(second.stderr).toContain('Going on with import 1');
    expect(summaryOf(second)).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    expect((await office.truth()).invitationsSent).toBe(PAIRS);
  });

  test('holds a portal that vanishes, and goes on when it is back', async () => {
    await using office = await openOffice(SEED);
    const run = office.program.start('run', office.file('a.csv', crowd(10, 60)), '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    await office.setFaults({ kind: 'html_503' });
    await office.until(({ faults }) => (faults.html_503 ?? 0) > 8);
    await office.setFaults();
    const { outcomes } = summaryOf(await run.ended);
    expect(outcomes).toMatchObject({ invited: PAIRS, failed: 0, unknown: 0 });
    expect((await office.truth()).invitationsSent).toBe(PAIRS);
  });
});
