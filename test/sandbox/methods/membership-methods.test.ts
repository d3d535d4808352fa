import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

const ADD = 'sonet_group.user.add';
const UPDATE = 'sonet_group.user.update';
const DELETE = 'sonet_group.user.delete';
/** Group 6: owner 2, moderator 3, members 4 and 9, banned 5, invited 6, asking 7. */
const BUSY = 6;

async function openAsAdmin(options: Partial<SandboxOptions> = {}) {
  const portal = await openPortal({ seed: smallSeed(), isAdmin: true, ...options });
  const rolesIn = async (groupId: number) => {
    const { relations } = await portal.truth();
    const inGroup = relations.filter((relation) => relation.groupId === groupId);
    return Object.fromEntries(inGroup.map(({ userId, role }) => [userId, role]));
  };
  return { ...portal, rolesIn };
}

describe.each([
  [ADD, {}, 'No permissions to add users'],
  [UPDATE, { ROLE: 'K' }, 'No permissions to update users role'],
  [DELETE, {}, 'No permissions to update users role'],
])('%s', (method, more, refusal) => {
  test.each([
    ['no group', { USER_ID: [2] }, 'Wrong group ID'],
    ['an empty array of users', { GROUP_ID: BUSY, USER_ID: [] }, 'Wrong user IDs'],
    ['user 0', { GROUP_ID: BUSY, USER_ID: 0 }, 'Wrong user IDs'],
    ['an unknown group', { GROUP_ID: 999, USER_ID: [2] }, 'Socialnetwork group not found'],
  ])('answers %s with an empty code', async (_, parameters, text) => {
    const { call } = await openAsAdmin();
    const { status, json } = await call(method, { ...more, ...parameters });
    expect({ status, ...json }).toEqual({ status: 400, error: '', error_description: text });
  });

  test('is for administrators only', async () => {
    const { call, truth } = await openAsAdmin({ isAdmin: false });
    const before = (await truth()).relations;
    const parameters = { GROUP_ID: BUSY, USER_ID: [1, 6], ...more };
    const { status, json } = await call(method, parameters);
    expect({ status, ...json }).toEqual({ status: 400, error: '', error_description: refusal });
    expect((await truth()).relations).toEqual(before);
  });

  test('needs no membership, and not even a group that the caller sees', async () => {
    const { call } = await openAsAdmin();
    expect((await call(method, { GROUP_ID: 7, USER_ID: [2], ...more })).status).toBe(200);
  });
});

describe('sonet_group.user.add', () => {
  test('makes people members at once, and notifies nobody', async () => {
    const { call, rolesIn, truth } = await openAsAdmin();
    const { result } = (await call(ADD, { GROUP_ID: 5, USER_ID: [3, 2] })).json;
    expect(result).toEqual(['2', '3']);
    expect(await rolesIn(5)).toEqual({ 1: 'A', 2: 'K', 3: 'K' });
    expect((await truth()).notifications).toEqual([]);
  });

  test('skips anyone with any relation, pending too', async () => {
    const { call, rolesIn } = await openAsAdmin();
    const before = await rolesIn(BUSY);
    const USER_ID = [2, 3, 4, 5, 6, 7, 8];
    expect((await call(ADD, { GROUP_ID: BUSY, USER_ID })).json.result).toEqual(['8']);
    expect(await rolesIn(BUSY)).toEqual({ ...before, 8: 'K' });
  });

  test('adds only employees and extranet users, dismissed ones too', async () => {
    const { call } = await openAsAdmin({ seed: withExtranet() });
    const USER_ID = [9, 10, 11, 12, 999, 0, 'x'];
    expect((await call(ADD, { GROUP_ID: 5, USER_ID })).json.result).toEqual(['9', '12']);
  });

  test('makes the group visible in the extranet for an extranet person', async () => {
    const { call } = await openAsAdmin({ seed: withExtranet() });
    const isExtranet = async () =>
      (await call<{ IS_EXTRANET: string }[]>('sonet_group.get', { FILTER: { ID: 5 } })).json
        .result[0]?.IS_EXTRANET;
    await call(ADD, { GROUP_ID: 5, USER_ID: [2] });
    expect(await isExtranet()).toBe('N');
    await call(ADD, { GROUP_ID: 5, USER_ID: [12] });
    expect(await isExtranet()).toBe('Y');
  });

  test('records the owner as initiator', async () => {
    const { call } = await openAsAdmin();
    await call(ADD, { GROUP_ID: BUSY, USER_ID: [8] });
    const list = 'socialnetwork.api.usertogroup.list';
    const select = ['USER_ID', 'ROLE', 'INITIATED_BY_TYPE', 'INITIATED_BY_USER_ID'];
    const { result } = (await call(list, { filter: { GROUP_ID: BUSY }, select })).json;
    const added = { userId: 8, role: 'K', initiatedByType: 'G', initiatedByUserId: 2 };
    expect(result).toHaveProperty('relations.0', added);
  });
});

describe('sonet_group.user.update', () => {
  test('sets the role, accepts pending invitations and requests, and lifts bans', async () => {
    const { call, rolesIn } = await openAsAdmin();
    const parameters = { GROUP_ID: BUSY, USER_ID: [2, 3, 4, 5, 6, 7, 8], ROLE: 'K' };
    expect((await call(UPDATE, parameters)).json.result).toEqual(['3', '5', '6', '7']);
    const roles = { 2: 'A', 3: 'K', 4: 'K', 5: 'K', 6: 'K', 7: 'K', 9: 'K' };
    expect(await rolesIn(BUSY)).toEqual(roles);
    await call(UPDATE, { GROUP_ID: BUSY, USER_ID: 4, ROLE: 'E' });
    expect(await rolesIn(BUSY)).toEqual({ ...roles, 4: 'E' });
  });

  test.each([['A'], ['Z'], ['k'], [undefined]])('refuses the role %s', async (ROLE) => {
    const { call } = await openAsAdmin();
    const { json } = await call(UPDATE, { GROUP_ID: BUSY, USER_ID: [4], ROLE });
    expect(json).toEqual({ error: '', error_description: 'Incorrect role code' });
  });
});

describe('sonet_group.user.delete', () => {
  test('deletes any relation but those of the owner and the scrum master', async () => {
    const seed = smallSeed();
    const groups = seed.groups.map((group) => ({ ...group, scrumMasterId: 3 }));
    const { call, rolesIn } = await openAsAdmin({ seed: { ...seed, groups } });
    const parameters = { GROUP_ID: BUSY, USER_ID: [2, 3, 4, 5, 6, 7, 8] };
    expect((await call(DELETE, parameters)).json.result).toEqual(['4', '5', '6', '7']);
    expect(await rolesIn(BUSY)).toEqual({ 2: 'A', 3: 'E', 9: 'K' });
  });

  test('deletes the notification too, and the person can be invited again', async () => {
    const { call, truth } = await openAsAdmin();
    const pair = { GROUP_ID: 5, USER_ID: [3] };
    await call('sonet_group.user.invite', pair);
    await call(DELETE, pair);
    const sent = { groupId: 5, userId: 3, count: 1, message: '' };
    expect((await truth()).notifications).toEqual([{ ...sent, withdrawn: true }]);
    await call('sonet_group.user.invite', pair);
    expect((await truth()).notifications).toEqual([{ ...sent, count: 2 }]);
  });

  test('removes a person who has accepted in between', async () => {
    const { call, control, rolesIn } = await openAsAdmin();
    await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
    await control('actions', [{ action: 'accept', groupId: 5, userId: 3 }]);
    expect(await rolesIn(5)).toEqual({ 1: 'A', 3: 'K' });
    await call(DELETE, { GROUP_ID: 5, USER_ID: [3] });
    expect(await rolesIn(5)).toEqual({ 1: 'A' });
  });
});

/** The small portal with user 12, who is in the extranet. */
function withExtranet() {
  const seed = smallSeed();
  const [person] = seed.users;
  if (person === undefined) throw new Error('The seed has no users.');
  return { ...seed, users: [...seed.users, { ...person, id: 12, kind: 'extranet' as const }] };
}
