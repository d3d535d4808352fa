import { expect, test } from 'vitest';
import { openPortal, smallSeed } from '../raw-client.ts';

/** Group 6: owner 2, moderator 3, members 4 and 9, banned 5, invited 6, asking 7. */
const GROUP = 6;

async function openSmall() {
  const portal = await openPortal({ seed: smallSeed() });
  const relationOf = async (groupId: number, userId: number) => {
    const { relations } = await portal.truth();
    const found = relations.find((one) => one.groupId === groupId && one.userId === userId);
    return found && [found.role, found.initiatedBy];
  };
  const act = (action: string, userId: number, more: object = {}) =>
    portal.control('actions', [{ action, groupId: GROUP, userId, ...more }]);
  return { ...portal, relationOf, act };
}

test.each([
  ['accept', 6, ['K', null]],
  ['decline', 6, undefined],
  ['ask', 8, ['Z', 'U']],
  ['join', 8, ['K', null]],
  ['leave', 4, undefined],
  ['leave', 3, undefined],
  ['invite', 8, ['Z', 'G']],
])('%s by user %i', async (action, userId, expected) => {
  const { act, relationOf } = await openSmall();
  expect(await act(action, userId)).toEqual({ done: 1 });
  expect(await relationOf(GROUP, userId)).toEqual(expected);
});

test.each([
  ['accept', 7],
  ['accept', 8],
  ['accept', 5],
  ['decline', 4],
  ['decline', 7],
  ['ask', 6],
  ['join', 5],
  ['leave', 2],
  ['leave', 6],
  ['invite', 4],
])('%s by user %i is impossible and changes nothing', async (action, userId) => {
  const { act, relationOf } = await openSmall();
  const before = await relationOf(GROUP, userId);
  expect(await act(action, userId)).toEqual({ done: 0 });
  expect(await relationOf(GROUP, userId)).toEqual(before);
});

test('an invitation by another user names that user', async () => {
  const { act, call } = await openSmall();
  await act('invite', 8, { byUserId: 3 });
  const select = ['USER_ID', 'INITIATED_BY_USER_ID'];
  const list = 'socialnetwork.api.usertogroup.list';
  const { result } = (await call(list, { filter: { GROUP_ID: GROUP }, select })).json;
  expect(result).toHaveProperty('relations.0', { userId: 8, initiatedByUserId: 3 });
});

test.each([
  ['a join', 'actions', { action: 'join' }],
  ['a direct add', 'relations', { role: 'K' }],
])('an invite that overlaps %s turns a fresh member back into pending', async (_, path, order) => {
  const { call, control, until, relationOf } = await openSmall();
  await control('faults', [{ kind: 'gate_invite', times: 1 }]);
  const invited = call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
  await until(({ atGate }) => atGate === 1);
  await control(path, [{ groupId: 5, userId: 3, ...order }]);
  expect(await relationOf(5, 3)).toEqual(['K', null]);
  await control('gate/open', {});
  expect((await invited).json.result).toEqual([3]);
  expect(await relationOf(5, 3)).toEqual(['Z', 'G']);
});

test.each([
  ['an unknown action', { action: 'dance', groupId: GROUP, userId: 3 }, 'action'],
  ['an unknown group', { action: 'join', groupId: 99, userId: 3 }, '99'],
  ['no user', { action: 'join', groupId: GROUP }, 'userId'],
])('refuses %s', async (_, order, word) => {
  const { send } = await openSmall();
  const body = JSON.stringify([order]);
  const answer = await send('/sandbox/actions', { method: 'POST', body });
  expect(answer.status).toBe(400);
  expect(answer.json.error).toContain(word);
});
