import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { crowd, openHarness, summaryOf } from '../support/program-harness.ts';
import { startReceiver } from '../support/services/receiver.ts';

const SECRET = 'correct-horse-battery';

test('the end of a run is reported before the program ends, with a retry when the receiver fails', async () => {
  await using receiver = await startReceiver();
  receiver.answer(500);
  const settings = { NOTIFY_URL: receiver.url, NOTIFY_SECRET: SECRET, LOG_LEVEL: 'trace' };
  await using harness = await openHarness({ seed: plainSeed({ users: 20, groups: 4 }) }, settings);
  const file = harness.file('team.csv', crowd(2, 10));
  const ended = await harness.program.call('run', file, '--json', '--message', 'Come in, please');
  expect(summaryOf(ended).importId).toBe(1);
  expect(ended.stderr).toContain('delivered to NOTIFY_URL');
  const posts = receiver.posts.map(({ body }) => JSON.parse(body));
  expect(posts).toHaveLength(2);
  expect(posts[1]).toEqual(posts[0]);
  expect(posts[1]).toMatchObject({
    ...{ event: 'import.finished', importId: 1, fileName: 'team.csv' },
    outcomes: { invited: 20, pending: 0 },
  });
  const reported = receiver.posts.map(({ body }) => body).join();
  for (const word of ['Come in', '/rest/']) expect(reported).not.toContain(word);
  for (const word of ['Come in', SECRET, 's3cr3t-path']) expect(ended.stderr).not.toContain(word);
});
