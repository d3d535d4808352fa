import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 10 }), inviteSeconds: 0.01 };
const PAIRS = 600;
const method = 'sonet_group.user.invite';

describe.concurrent('what concerns the portal as a whole fails no pair', () => {
  test.each([
    ['auth', 'NO_AUTH_FOUND', 'create an inbound webhook'],
    ['overload', 'OVERLOAD_LIMIT', 'only its support'],
  ] as const)('%s: it is told, and goes on when that is over', async (kind, code, remedy) => {
    await using office = await openOffice(SEED);
    const run = office.program.start('run', office.file('a.csv', crowd(10, 60)), '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    await office.setFaults({ kind, method });
    await expect
      .poll(async () => (await office.program.call('status', '1')).stdout, { timeout: 15_000 })
      .toMatch(new RegExp(`· held[^]*${code}[^]*${remedy}`));
    await office.setFaults();
    const { outcomes } = summaryOf(await run.ended);
    expect(outcomes).toMatchObject({ invited: PAIRS, failed: 0, unknown: 0 });
  });

  test('a revoked webhook leaves the rest pending, and a new one goes on', async () => {
    await using office = await openOffice(SEED);
    const file = office.file('a.csv', crowd(10, 60));
    const first = office.program.start('run', file);
    await office.until(({ invitationsSent }) => invitationsSent > 50);
    await office.order('webhook', { code: 'brandNew' });
    await expect
      .poll(async () => (await office.program.call('status', '1')).stdout, { timeout: 15_000 })
      .toContain('· held');
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(130);
    const { invitationsSent } = await office.truth();
    expect(invitationsSent).toBeLessThan(PAIRS);
    expect((await office.program.call('status', '1')).stdout).not.toContain('failed');

    const renewed = office.program.with({
      BITRIX24_WEBHOOK_URL: `${office.origin}/rest/1/brandNew/`,
    });
    const second = summaryOf(await renewed.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    expect((await office.truth()).invitationsSent).toBe(PAIRS);
  });
});

describe.concurrent('limits', () => {
  test('are never overrun when the program is the portal’s only client', async () => {
    const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '10' };
    await using office = await openOffice(
      { ...SEED, inviteSeconds: 0.001, burst: 5, requestsPerSecond: 10 },
      { ...pace, CONCURRENCY: '3' },
    );
    const ended = await office.program.call('run', office.file('a.csv', crowd(10, 60)), '--json');
    expect(summaryOf(ended).outcomes).toMatchObject({ invited: PAIRS });
    const { rateLimitErrors, maxConcurrent } = await office.truth();
    expect(rateLimitErrors).toBe(0);
    expect(maxConcurrent).toBeLessThanOrEqual(3);
  });
});
