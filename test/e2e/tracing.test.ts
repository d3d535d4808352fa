import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';
import { startReceiver } from '../support/receiver.ts';

const seed = plainSeed({ users: 20, groups: 4 });

test('a run is traced to the collector that OTEL_… names, and no message is in it', async () => {
  await using collector = await startReceiver();
  await using office = await openOffice(
    { seed },
    {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'office-invites',
    },
  );
  const file = office.file('team.csv', crowd(2, 10));
  const ended = await office.program.callApart(
    'run',
    file,
    '--json',
    '--message',
    'Come in, please',
  );
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 20 });
  const told = collector.posts.map(({ body }) => body).join('\n');
  expect(told).toContain('office-invites');
  expect(told).toMatch(/"name":"(add|addBulk) invites/);
  expect(told).toMatch(/"name":"process invites"/);
  expect(told).toContain('import-1-chunk-0');
  for (const word of ['Come in', '/rest/']) expect(told).not.toContain(word);
});

test('a collector that is down delays nobody and fails nothing', async () => {
  const collector = await startReceiver();
  await collector[Symbol.asyncDispose]();
  await using office = await openOffice({ seed }, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const ended = await office.program.callApart('run', office.file('a.csv', crowd(2, 10)), '--json');
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 20 });
});
