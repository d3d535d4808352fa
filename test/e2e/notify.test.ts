import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { range, crowd as rows, TestServer } from '../support/server.ts';

const SECRET = 'correct-horse-battery';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver[Symbol.asyncDispose]());

test('a run that has ended is told before the program ends, though the receiver fails first', async () => {
  receiver.answer(500);
  const settings = { NOTIFY_URL: receiver.url, NOTIFY_SECRET: SECRET, LOG_LEVEL: 'trace' };
  await using office = await openOffice({ seed: plainSeed({ users: 20, groups: 4 }) }, settings);
  const file = office.file('team.csv', crowd(2, 10));
  const ended = await office.program.call('run', file, '--json', '--message', 'Come in, please');
  expect(summaryOf(ended).importId).toBe(1);
  expect(ended.stderr).toContain('told NOTIFY_URL');
  const posts = receiver.posts.map(({ body }) => JSON.parse(body));
  expect(posts).toHaveLength(2);
  expect(posts[1]).toEqual(posts[0]);
  expect(posts[1]).toMatchObject({
    ...{ event: 'import.finished', importId: 1, fileName: 'team.csv' },
    outcomes: { invited: 20, pending: 0 },
  });
  const told = receiver.posts.map(({ body }) => body).join();
  for (const word of ['Come in', '/rest/']) expect(told).not.toContain(word);
  for (const word of ['Come in', SECRET, 's3cr3t-path']) expect(ended.stderr).not.toContain(word);
});

test('a wait of minutes is told', async () => {
  const limits = { operatingLimitSeconds: 2, operatingWindowSeconds: 600 };
  await using slow = await TestServer.open({
    settings: {
      ...{ BITRIX24_OPERATING_LIMIT_SECONDS: '2', BITRIX24_OPERATING_WINDOW_SECONDS: '600' },
      NOTIFY_URL: receiver.url,
    },
    sandbox: { inviteSeconds: 0.2, ...limits },
  });
  const { id } = await slow.take(rows([2, 4], range(3, 50)));
  await slow.post(`/api/imports/${id}/start`);
  await receiver.count(1);
  const [{ headers, body } = { headers: {}, body: '{}' }] = receiver.posts;
  expect(headers).not.toHaveProperty('bulk-invite-signature');
  const told = JSON.parse(body);
  expect(told).toMatchObject({ event: 'import.waiting', importId: id, fileName: 'people.csv' });
  expect(Date.parse(told.until) - Date.now()).toBeGreaterThan(200_000);
});
