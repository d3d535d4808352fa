import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { crowd, openHarness, summaryOf } from '../support/program-harness.ts';
import { startReceiver } from '../support/services/receiver.ts';

test('a run sends traces without messages to the collector of OTEL_…', async () => {
  await using collector = await startReceiver();
  await using harness = await openHarness(
    { seed: plainSeed({ users: 20, groups: 4 }) },
    {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'office-invites',
    },
  );
  const file = harness.file('team.csv', crowd(2, 10));
  const ended = await harness.program.callInProcess(
    'run',
    file,
    '--json',
    '--message',
    'Come in, please',
  );
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 20 });
  const reported = collector.posts.map(({ body }) => body).join('\n');
  expect(reported).toContain('office-invites');
  expect(reported).toMatch(/"name":"(add|addBulk) invites/);
  expect(reported).toMatch(/"name":"process invites"/);
  expect(reported).toContain('import-1-chunk-0');
  for (const word of ['Come in', '/rest/']) expect(reported).not.toContain(word);
});
