import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { crowd, openHarness, readResults, summaryOf } from '../support/program-harness.ts';

const seed = plainSeed({ users: 5, groups: 2 });

test('failed pairs show the portal error and are invited after a retry', async () => {
  await using harness = await openHarness({ seed }, { MAX_ATTEMPTS: '1' });
  await harness.setFaults({ kind: 'refuse', method: 'sonet_group.user.invite' });
  const file = harness.file('a.csv', crowd(2, 5));
  const first = summaryOf(await harness.program.call('run', file, '--json'));
  expect(first.reasons).toEqual({ portal_error: 10 });
  const elsewhere = {
    ...{ BITRIX24_WEBHOOK_URL: 'https://other.example/rest/1/secret/' },
    BITRIX24_REQUEST_TIMEOUT_SECONDS: '60',
  };
  expect(await harness.program.with(elsewhere).call('retry', '1')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^error: Import 1 is for 127\S+, not for other\.example\.\n {7}Set/,
    ),
  });
  const details = readResults(first.results).map(({ detail }) => detail);
  expect(new Set(details)).toEqual(new Set([expect.stringContaining('ERROR_CORE')]));

  await harness.setFaults();
  const none = await harness.program.call('retry', '1', '--reason', 'declined');
  expect(none.stdout).toContain('nothing to retry');
  const retry = await harness.program.call('retry', '1', '--reason', 'portal_error');
  expect(retry.stdout).toContain('10 pairs');
  const second = summaryOf(await harness.program.call('run', file, '--json'));
  expect(second).toMatchObject({ importId: 1, reasons: { returned: 10 } });
  expect((await harness.truth()).invitationsSent).toBe(10);
  for (const command of ['pause', 'resume', 'cancel']) {
    const { code, stderr } = await harness.program.call(command, '1');
    expect(stderr).toContain('Import 1 is finished and cannot be');
    expect(code).toBe(1);
  }
});
