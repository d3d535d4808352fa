import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

const CANCEL = 'socialnetwork.api.usertogroup.cancelInvite';

async function openSmall(options: Partial<SandboxOptions> = {}) {
  const portal = await openPortal({ seed: smallSeed(), ...options });
  const roleOf = async (groupId: number, userId: number) => {
    const { relations } = await portal.truth();
    return relations.find((one) => one.groupId === groupId && one.userId === userId)?.role;
  };
  return { ...portal, roleOf };
}

test('withdraws a pending invitation, and its notification', async () => {
  const { call, roleOf, truth } = await openSmall();
  await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
  expect((await call(CANCEL, { userId: 3, groupId: 5 })).json.result).toBe(true);
  expect(await roleOf(5, 3)).toBeUndefined();
  expect((await truth()).notifications).toMatchObject([{ userId: 3, withdrawn: true }]);
});

test.each([
  ['the owner', 2, 'A'],
  ['a moderator', 3, 'E'],
  ['a member', 4, 'K'],
  ['a banned person', 5, 'T'],
  ['a person who asks to join', 7, 'Z'],
  ['a person without a relation', 8, undefined],
])('leaves %s alone', async (_, userId, role) => {
  const { call, roleOf } = await openSmall();
  const { status, json } = await call(CANCEL, { userId, groupId: 6 });
  expect({ status, error: json.error }).toEqual({ status: 400, error: '0' });
  expect(await roleOf(6, userId)).toBe(role);
});

test('is safe against the moment in which a person accepts', async () => {
  const { call, control, roleOf } = await openSmall();
  await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
  await control('actions', [{ action: 'accept', groupId: 5, userId: 3 }]);
  expect((await call(CANCEL, { userId: 3, groupId: 5 })).json.error).toBe('0');
  expect(await roleOf(5, 3)).toBe('K');
});

test.each([
  ['another user’s invitation', 2, false, false],
  ['the caller’s own invitation', 1, false, true],
  ['any invitation as administrator', 2, true, true],
])('without the right to invite withdraws %s: %s', async (_, inviterId, isAdmin, withdrawn) => {
  const { call, control, roleOf } = await openSmall({ isAdmin });
  const pending = { groupId: 8, userId: 3, role: 'Z', initiatorId: inviterId };
  await control('relations', [pending]);
  expect((await call(CANCEL, { userId: 3, groupId: 8 })).status).toBe(withdrawn ? 200 : 400);
  expect(await roleOf(8, 3)).toBe(withdrawn ? undefined : 'Z');
});

test.each(['userId', 'groupId'])('needs %s', async (name) => {
  const { call } = await openSmall();
  const parameters = { userId: 6, groupId: 6, [name]: undefined };
  expect((await call(CANCEL, parameters)).json).toEqual({
    error: '100',
    error_description: `Could not find value for parameter {${name}}`,
  });
});

test('works in a batch, and is missing on other portals', async () => {
  const { batch, roleOf } = await openSmall();
  const { result } = (await batch({ a: `${CANCEL}?userId=6&groupId=6` })).json;
  expect(result.result).toEqual({ a: true });
  expect(await roleOf(6, 6)).toBeUndefined();
  const older = await openSmall({ absent: ['socialnetwork.api.usertogroup.cancelinvite'] });
  expect((await older.call(CANCEL)).json.error).toBe('ERROR_METHOD_NOT_FOUND');
  const known = (await older.call('method.get', { name: CANCEL })).json.result;
  expect(known).toEqual({ isExisting: false, isAvailable: false });
});
