import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  SHORT_TIMEOUT,
  summaryOf,
} from '../../support/program-harness.ts';

const method = 'sonet_group.user.invite';

test('unanswered requests are confirmed by reading the group, not sent again', async () => {
  await using harness = await openHarness(
    { seed: plainSeed({ users: 20, groups: 4 }) },
    SHORT_TIMEOUT,
  );
  await harness.setFaults(
    { kind: 'html_504', method, times: 1 },
    { kind: 'error_500', method, times: 1 },
  );
  const ended = await harness.program.call('run', harness.file('a.csv', crowd(4, 20)), '--json');
  const { outcomes, reasons } = summaryOf(ended);
  expect(outcomes).toMatchObject({ invited: 80, pending: 0 });
  expect(reasons.confirmed).toBeGreaterThan(0);
  await expectEachOnce(harness, 80);
});
