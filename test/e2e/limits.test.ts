import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';

const PAIRS = 600;

test('limits are never overrun when the program is the portal’s only client', async () => {
  const limits = { inviteSeconds: 0.001, burst: 5, requestsPerSecond: 5 };
  const pace = { BITRIX24_BURST: '5', BITRIX24_REQUESTS_PER_SECOND: '5', CONCURRENCY: '3' };
  await using office = await openOffice(
    { seed: plainSeed({ users: 60, groups: 10 }), ...limits },
    pace,
  );
  const ended = await office.program.call('run', office.file('a.csv', crowd(10, 60)), '--json');
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: PAIRS });
  const { rateLimitErrors, maxConcurrent, requests } = await office.truth();
  expect(rateLimitErrors).toBe(0);
  expect(requests).toBeGreaterThan(5);
  expect(maxConcurrent).toBeLessThanOrEqual(3);
});
