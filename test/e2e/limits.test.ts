import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';

const PAIRS = 600;

test('limits are never overrun when the program is the portal’s only client', async () => {
  // What a stalled machine brings late and at once has room in the portal's bucket; more has not.
  const limits = { inviteSeconds: 0.001, burst: 25, requestsPerSecond: 20 };
  const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '20', CONCURRENCY: '3' };
  const seed = plainSeed({ users: 60, groups: 150 });
  await using office = await openOffice({ seed, ...limits }, pace);
  const file = office.file('a.csv', crowd(150, 4));
  // Such a message travels alone: a request for each group.
  const ended = await office.program.call('run', file, '--message', 'Hello $result[x]', '--json');
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: PAIRS });
  const { rateLimitErrors, maxConcurrent, requests } = await office.truth();
  expect(rateLimitErrors).toBe(0);
  expect(requests).toBeGreaterThan(150);
  expect(maxConcurrent).toBeLessThanOrEqual(3);
});

/** The window is 2.5 s instead of ten minutes. */
const BUSY = {
  seed: plainSeed({ users: 60, groups: 10 }),
  inviteSeconds: 0.15,
  operatingLimitSeconds: 2,
  operatingWindowSeconds: 2.5,
  requestLimitSeconds: 60,
};
const PATIENT = { BITRIX24_REQUEST_TIMEOUT_SECONDS: '65' };

test('server seconds are used to the full and never overrun', async () => {
  await using office = await openOffice(BUSY, {
    ...PATIENT,
    BITRIX24_OPERATING_LIMIT_SECONDS: '2',
    BITRIX24_OPERATING_WINDOW_SECONDS: '2.5',
  });
  const startedAt = performance.now();
  const ended = await office.program.call('run', office.file('a.csv', crowd(4, 10)), '--json');
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 40 });
  expect(await office.truth()).toMatchObject({ operatingErrors: 0, invitationsSent: 40 });
  // Six seconds of work at two in each window.
  expect(performance.now() - startedAt).toBeGreaterThan(2 * 2_500);
});

test('a portal that allows less than it was said to is found out, and nothing is lost', async () => {
  await using office = await openOffice(BUSY, {
    ...PATIENT,
    BITRIX24_OPERATING_LIMIT_SECONDS: '200',
    BITRIX24_OPERATING_WINDOW_SECONDS: '2.5',
  });
  const ended = await office.program.call('run', office.file('a.csv', crowd(4, 10)), '--json');
  const { outcomes, reasons } = summaryOf(ended);
  expect(outcomes).toMatchObject({ invited: 40 });
  expect(reasons).toEqual({ returned: 40 });
  const { operatingErrors, notifications } = await office.truth();
  expect(operatingErrors).toBeGreaterThan(0);
  expect(notifications.every(({ count }) => count === 1)).toBe(true);
});
