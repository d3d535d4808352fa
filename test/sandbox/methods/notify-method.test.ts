import { expect, test } from 'vitest';
import { openPortal, smallSeed } from '../raw-client.ts';

const NOTIFY = 'im.notify.personal.add';

test('a personal notification reminds while inviting again does nothing', async () => {
  const { call, truth } = await openPortal({ seed: smallSeed(), scopes: ['im', 'sonet_group'] });
  const pair = { GROUP_ID: 5, USER_ID: [3] };
  await call('sonet_group.user.invite', pair);
  expect((await call('sonet_group.user.invite', pair)).json.result).toEqual([]);
  expect((await call(NOTIFY, { USER_ID: 3, MESSAGE: ' Please answer ' })).json.result).toBe(1);
  expect((await call(NOTIFY, { USER_ID: 4, MESSAGE: 'You too' })).json.result).toBe(2);
  expect(await truth()).toMatchObject({
    invitationsSent: 1,
    personalNotifications: [
      { userId: 3, message: 'Please answer' },
      { userId: 4, message: 'You too' },
    ],
  });
});

test.each([
  ['no user', { MESSAGE: 'x' }, 'USER_ID_EMPTY'],
  ['user 0', { USER_ID: 0, MESSAGE: 'x' }, 'USER_ID_EMPTY'],
  ['no message', { USER_ID: 3 }, 'MESSAGE_EMPTY'],
  ['a message of spaces', { USER_ID: 3, MESSAGE: '  ' }, 'MESSAGE_EMPTY'],
])('refuses %s', async (_, parameters, code) => {
  const { call, truth } = await openPortal({ seed: smallSeed(), scopes: ['im'] });
  const { status, json } = await call(NOTIFY, parameters);
  expect({ status, error: json.error }).toEqual({ status: 400, error: code });
  expect((await truth()).personalNotifications).toEqual([]);
});

test('returns false for a user who does not exist', async () => {
  const { call } = await openPortal({ seed: smallSeed(), scopes: ['im'] });
  expect((await call(NOTIFY, { USER_ID: 999, MESSAGE: 'x' })).json.result).toBe(false);
});
