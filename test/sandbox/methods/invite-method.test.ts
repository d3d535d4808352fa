import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

const INVITE = 'sonet_group.user.invite';

test.each([
  ['no group', { USER_ID: [2] }, 'Wrong group ID'],
  ['a group that is text', { GROUP_ID: 'abc', USER_ID: [2] }, 'Wrong group ID'],
  ['group 0', { GROUP_ID: 0, USER_ID: [2] }, 'Wrong group ID'],
  ['a negative group', { GROUP_ID: -5, USER_ID: [2] }, 'Wrong group ID'],
  ['no user', { GROUP_ID: 5 }, 'Wrong user IDs'],
  ['an empty list', { GROUP_ID: 5, USER_ID: [] }, 'Wrong user IDs'],
  ['user 0', { GROUP_ID: 5, USER_ID: 0 }, 'Wrong user IDs'],
  ['a user that is text', { GROUP_ID: 5, USER_ID: 'abc' }, 'Wrong user IDs'],
  ['no user before no group', { GROUP_ID: 999, USER_ID: [] }, 'Wrong user IDs'],
  ['a group that does not exist', { GROUP_ID: 999, USER_ID: [2] }, 'Socialnetwork group not found'],
  ['an invisible group', { GROUP_ID: 7, USER_ID: [2] }, 'Socialnetwork group not found'],
])('answers %s with an empty code', async (_, parameters, text) => {
  const { call, batch } = await openPortal({ seed: smallSeed() });
  const alone = await call(INVITE, parameters);
  expect(alone.status).toBe(400);
  expect(alone.json).toEqual({ error: '', error_description: text });
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([key, value]): [string, string][] =>
      Array.isArray(value)
        ? value.map((one, index) => [`${key}[${index}]`, String(one)])
        : [[key, String(value)]],
    ),
  );
  const inside = await batch({ a: `${INVITE}?${query}` });
  expect(inside.json.result.result_error).toEqual({ a: { error: '', error_description: text } });
});

test.each([
  ['its own caller', 5, [1]],
  ['invalid ids', 5, [0, -4, 'abc', null, [2]]],
  ['a user who does not exist', 5, [999]],
  ['a user who refuses invitations', 5, [8]],
  ['owner, moderator, member', 6, [2, 3, 4]],
  ['a banned user', 6, [5]],
  ['an invited user', 6, [6]],
  ['a user who asks to join', 6, [7]],
  ['all users where the caller may not invite', 8, [3, 4]],
])('silently leaves out %s', async (_, groupId, users) => {
  const { call, truth } = await openPortal({ seed: smallSeed() });
  const before = (await truth()).relations;
  const answer = await call(INVITE, { GROUP_ID: groupId, USER_ID: users });
  expect(answer.status).toBe(200);
  expect(answer.json.result).toEqual([]);
  const after = await truth();
  expect(after.notifications).toEqual([]);
  expect(after.relations).toEqual(before);
});

test('invites the others, including the dismissed, in the order of the ids', async () => {
  const { call, truth } = await openPortal({ seed: smallSeed() });
  const answer = await call(INVITE, { GROUP_ID: 5, USER_ID: [9, 1, 2, 999, 3, 2], MESSAGE: 'Hi' });
  expect(answer.json.result).toEqual([9, 2, 3]);
  const { notifications, relations } = await truth();
  expect(notifications).toEqual(
    [9, 2, 3].map((userId) => ({ groupId: 5, userId, count: 1, message: 'Hi' })),
  );
  expect(relations).toContainEqual({ groupId: 5, userId: 9, role: 'Z', initiatedBy: 'G' });
});

test('an administrator must see the group as well', async () => {
  const { call } = await openPortal({ seed: smallSeed(), isAdmin: true });
  const { json } = await call(INVITE, { GROUP_ID: 7, USER_ID: [2] });
  expect(json).toEqual({ error: '', error_description: 'Socialnetwork group not found' });
});

test.each([
  ['an archived group', { archived: true }],
  ['a project', { type: 'project' as const }],
  ['a scrum', { type: 'scrum' as const }],
  ['a collab', { type: 'collab' as const }],
])('treats %s like any other group, and leaves the user pending', async (_, kind) => {
  const seed = smallSeed();
  const groups = seed.groups.map((group) => ({ ...group, ...kind }));
  const { call, truth } = await openPortal({ seed: { ...seed, groups } });
  expect((await call(INVITE, { GROUP_ID: 5, USER_ID: [2] })).json.result).toEqual([2]);
  const { relations } = await truth();
  expect(relations).toContainEqual({ groupId: 5, userId: 2, role: 'Z', initiatedBy: 'G' });
});

test('echoes ids as they were sent', async () => {
  const { call, batch, send, path } = await openPortal({ seed: smallSeed() });
  expect((await call(INVITE, { GROUP_ID: 5, USER_ID: 2 })).json.result).toEqual([2]);
  expect((await call(INVITE, { GROUP_ID: '5', USER_ID: ['3'] })).json.result).toEqual(['3']);
  const inside = await batch({ a: `${INVITE}?GROUP_ID=5&USER_ID[0]=4` });
  expect(inside.json.result.result).toEqual({ a: ['4'] });
  const form = await send(`${path}${INVITE}.json`, {
    method: 'POST',
    body: 'GROUP_ID=5&USER_ID[]=5',
  });
  expect(form.json.result).toEqual(['5']);
  const query = await send(`${path}${INVITE}.json?GROUP_ID=5&USER_ID=6&MESSAGE=Invitation`);
  expect(query.json.result).toEqual(['6']);
});

test('a repeated call invites no user twice', async () => {
  const { call, truth } = await openPortal({ seed: smallSeed() });
  await call(INVITE, { GROUP_ID: 5, USER_ID: [2, 3] });
  expect((await call(INVITE, { GROUP_ID: 5, USER_ID: [2, 3] })).json.result).toEqual([]);
  expect((await truth()).invitationsSent).toBe(2);
});

test('two calls at once with the same pair both succeed and notify twice', async () => {
  const seeded = { seed: smallSeed(), inviteSeconds: 0.02 };
  const { call, truth, control, until } = await openPortal(seeded);
  await control('faults', [{ kind: 'gate' }]);
  const pair = { GROUP_ID: 5, USER_ID: [2] };
  const both = [call(INVITE, pair), call(INVITE, pair)];
  await until(({ atGate }) => atGate === 2);
  await control('gate/open', {});
  const answers = await Promise.all(both);
  expect(answers.map((answer) => answer.json.result)).toEqual([[2], [2]]);
  const { notifications, maxConcurrent } = await truth();
  expect(notifications).toEqual([{ groupId: 5, userId: 2, count: 2, message: '' }]);
  expect(maxConcurrent).toBe(2);
});

test('only invitations that are sent take time', async () => {
  const { call } = await openPortal({ seed: plainSeed({ users: 30, groups: 1 }) });
  const users = Array.from({ length: 30 }, (_, index) => index + 2);
  const first = await call(INVITE, { GROUP_ID: 1, USER_ID: users });
  expect(first.json.result).toHaveLength(30);
  const paced = await openPortal({ seed: smallSeed(), inviteSeconds: 0.02 });
  const mixed = await paced.call(INVITE, { GROUP_ID: 6, USER_ID: [1, 2, 3, 4, 5, 6, 7, 8] });
  expect(mixed.json.time.processing).toBe(0);
});

test.each([
  ['an administrator into a group that does not let them', { isAdmin: true }, 8, [3]],
  ['an administrator into no hidden group', { isAdmin: true }, 7, undefined],
  ['no one where workgroups are switched off', { isAdmin: true, workgroupsOff: true }, 5, []],
])('invites %s', async (_, options, groupId, invited) => {
  const { call } = await openPortal({ seed: smallSeed(), ...options });
  const answer = await call(INVITE, { GROUP_ID: groupId, USER_ID: [3] });
  expect(answer.json.result).toEqual(invited);
});

test('does not notify extranet users who never logged in', async () => {
  const seed = smallSeed();
  for (const user of seed.users) user.kind = 'extranet';
  for (const user of seed.users.filter(({ id }) => id === 2)) user.hasLoggedIn = false;
  const { call, truth } = await openPortal({ seed });
  const { json } = await call(INVITE, { GROUP_ID: 5, USER_ID: [2, 3] });
  expect(json.result).toEqual([2, 3]);
  expect((await truth()).notifications.map(({ userId }) => userId)).toEqual([3]);
});
