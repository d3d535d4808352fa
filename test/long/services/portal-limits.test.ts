import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness, summaryOf } from '../../support/program-harness.ts';

describe.concurrent('the program keeps the limits', () => {
  test('sends requests no faster than the bucket allows, and no more at once than CONCURRENCY', async () => {
    const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '10', CONCURRENCY: '3' };
    await using harness = await openHarness({ seed: plainSeed({ users: 5, groups: 25 }) }, pace);
    const file = harness.file('a.csv', crowd(25, 4));
    const startedAt = performance.now();
    // Such a message is not batched: one request per group.
    const ended = await harness.program.call(
      'run',
      file,
      '--message',
      'Hello $result[x]',
      '--json',
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(summaryOf(ended).outcomes).toMatchObject({ invited: 100 });
    const { maxConcurrent, requests } = await harness.truth();
    expect(requests).toBeGreaterThan(25);
    expect(requests).toBeLessThanOrEqual(5 + 10 * seconds);
    expect(maxConcurrent).toBeLessThanOrEqual(3);
  });

  test('uses the operating seconds without exceeding them', async () => {
    // The window is 2.5 s instead of ten minutes.
    const limits = { operatingLimitSeconds: 2, operatingWindowSeconds: 2.5 };
    const seed = plainSeed({ users: 60, groups: 10 });
    await using harness = await openHarness(
      { seed, inviteSeconds: 0.15, requestLimitSeconds: 60, ...limits },
      {
        BITRIX24_REQUEST_TIMEOUT_SECONDS: '65',
        BITRIX24_OPERATING_LIMIT_SECONDS: '2',
        BITRIX24_OPERATING_WINDOW_SECONDS: '2.5',
      },
    );
    const startedAt = performance.now();
    const ended = await harness.program.call('run', harness.file('a.csv', crowd(4, 10)), '--json');
    expect(summaryOf(ended).outcomes).toMatchObject({ invited: 40 });
    expect(await harness.truth()).toMatchObject({ operatingErrors: 0, invitationsSent: 40 });
    // Six seconds of work at two in each window.
    expect(performance.now() - startedAt).toBeGreaterThan(2 * 2_500);
  });

  test('adapts to a portal with a lower operating limit than configured, without losing pairs', async () => {
    const settings = {
      BITRIX24_OPERATING_LIMIT_SECONDS: '200',
      BITRIX24_OPERATING_WINDOW_SECONDS: '2.5',
    };
    const seed = plainSeed({ users: 60, groups: 10 });
    await using harness = await openHarness({ seed }, settings);
    const method = 'sonet_group.user.invite';
    await harness.setFaults({ kind: 'operating_limit', method, times: 2 });
    const ended = await harness.program.call('run', harness.file('a.csv', crowd(4, 10)), '--json');
    expect(summaryOf(ended).reasons).toEqual({ returned: 40 });
    const { operatingErrors, notifications } = await harness.truth();
    expect(operatingErrors).toBeGreaterThan(0);
    expect(notifications.every(({ count }) => count === 1)).toBe(true);
  });
});
