import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, readResults, summaryOf } from '../support/office.ts';

/** Takes longer than any command needs to start, unless a test lets it go faster. */
const LONG = { seed: plainSeed({ users: 100, groups: 50 }), inviteSeconds: 0.015 };
const PAIRS = 5_000;
const FASTER = { inviteSeconds: 0.000_1 };

describe.concurrent('an import that runs', () => {
  test('pauses before its next request, and resumes', async () => {
    await using office = await openOffice(LONG);
    const run = office.program.start('run', office.file('a.csv', crowd(50, 100)), '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    expect((await office.program.call('pause', '1')).stdout).toContain('paused');
    await office.until(({ inFlight }) => inFlight === 0);
    const { invitationsSent } = await office.truth();
    expect(invitationsSent).toBeLessThan(PAIRS);
    expect((await office.program.call('status', '1')).stdout).toContain('· paused');
    expect((await office.truth()).invitationsSent).toBe(invitationsSent);
    await office.order('limits', FASTER);
    expect((await office.program.call('resume', '1')).code).toBe(0);
    expect(summaryOf(await run.ended).outcomes).toMatchObject({ invited: PAIRS });
  });

  test('ends when it is cancelled, with every row accounted for', async () => {
    await using office = await openOffice(LONG);
    const run = office.program.start('run', office.file('a.csv', crowd(50, 100)), '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    expect((await office.program.call('cancel', '1')).stdout).toContain('cancelled');
    const ended = await run.ended;
    const { outcomes, reasons, results } = summaryOf(ended);
    expect(ended.code).toBe(2);
    const { invitationsSent } = await office.truth();
    expect(outcomes.invited).toBe(invitationsSent);
    expect(reasons.by_user).toBe(PAIRS - invitationsSent);
    expect(readResults(results)).toHaveLength(PAIRS);
  });
});

describe.concurrent('what failed', () => {
  const seed = plainSeed({ users: 5, groups: 2 });

  test('says what the portal said, and is invited after a retry', async () => {
    await using office = await openOffice({ seed }, { MAX_ATTEMPTS: '1' });
    await office.setFaults({ kind: 'error_500', method: 'sonet_group.user.invite' });
    const file = office.file('a.csv', crowd(2, 5));
    const first = summaryOf(await office.program.call('run', file, '--json'));
    expect(first.reasons).toEqual({ portal_error: 10 });
    const elsewhere = { BITRIX24_WEBHOOK_URL: 'https://other.example/rest/1/secret/' };
    expect(await office.program.with(elsewhere).call('retry', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: Import 1 is for 127\S+, not for other\.example\.\n {7}Set/,
      ),
    });
    const details = readResults(first.results).map(({ detail }) => detail);
    expect(new Set(details)).toEqual(new Set([expect.stringContaining('INTERNAL_SERVER_ERROR')]));

    await office.setFaults();
    const none = await office.program.call('retry', '1', '--reason', 'declined');
    expect(none.stdout).toContain('nothing to retry');
    const retry = await office.program.call('retry', '1', '--reason', 'portal_error');
    expect(retry.stdout).toContain('10 pairs');
    const second = summaryOf(await office.program.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 1, reasons: { returned: 10 } });
    expect((await office.truth()).invitationsSent).toBe(10);
  });

  test('is not touched by orders that make no sense', async () => {
    await using office = await openOffice({ seed });
    await office.program.call('run', office.file('a.csv', crowd(2, 5)));
    for (const order of ['pause', 'resume', 'cancel']) {
      const { code, stderr } = await office.program.call(order, '1');
      expect(stderr).toContain('Import 1 is finished and cannot be');
      expect(code).toBe(1);
    }
  });
});
