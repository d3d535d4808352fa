import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

const LIST = 'socialnetwork.api.usertogroup.list';
const GET = 'socialnetwork.api.workgroup.get';
const CALLER = 1;

interface Relations {
  relations: Record<string, string | number>[];
}

const SELECT = ['USER_ID', 'ROLE', 'INITIATED_BY_TYPE', 'INITIATED_BY_USER_ID', 'DATE_CREATE'];

async function openSmall(options: Partial<SandboxOptions> = {}) {
  const portal = await openPortal({ seed: smallSeed(), ...options });
  const list = async (filter: object, more: object = {}) =>
    (await portal.call<Relations>(LIST, { filter, select: SELECT, ...more })).json;
  return { ...portal, list };
}

describe('usertogroup.list', () => {
  test('returns the initiator and date of relations, the newest first', async () => {
    const { call, list } = await openSmall();
    await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
    const { result, total, time } = await list({ GROUP_ID: 5 });
    expect(result.relations).toMatchObject([
      { userId: 3, role: 'Z', initiatedByType: 'G', initiatedByUserId: CALLER },
      { userId: 1, role: 'A' },
    ]);
    expect(total).toBe(2);
    const [invited, owner] = result.relations.map(({ dateCreate }) => String(dateCreate));
    expect(invited).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    const ageSeconds = (date = '') => time.finish - Date.parse(date) / 1_000;
    expect(ageSeconds(invited)).toBeGreaterThanOrEqual(0);
    expect(ageSeconds(owner) - ageSeconds(invited)).toBeGreaterThan(80_000);
  });

  test('keeps the date of an answered invitation, and changes its role only', async () => {
    const { control, list } = await openSmall();
    const createdAt = 1_700_000_000;
    const pending = { groupId: 5, userId: 4, role: 'Z', initiatorId: 3, createdAt };
    await control('relations', [pending]);
    await control('relations', [{ groupId: 5, userId: 4, role: 'K' }]);
    const { relations } = (await list({ GROUP_ID: 5, ROLE: ['K', 'Z'] })).result;
    expect(relations).toEqual([
      {
        userId: 4,
        role: 'K',
        initiatedByType: 'G',
        initiatedByUserId: 3,
        dateCreate: '2023-11-14T22:13:20+00:00',
      },
    ]);
  });

  test.each([
    ['a role', { ROLE: 'Z' }, [7, 6]],
    ['roles', { ROLE: ['T', 'E'] }, [5, 3]],
    ['invitations', { ROLE: 'Z', INITIATED_BY_TYPE: 'G' }, [6]],
    ['requests to join', { INITIATED_BY_TYPE: 'U' }, [7]],
    ['their initiator', { INITIATED_BY_USER_ID: 7 }, [7]],
    ['an unsupported field', { USER_ID: 3 }, [7, 6, 5, 9, 4, 3, 2]],
  ])('filters a group by %s', async (_, filter, ids) => {
    const { relations } = (await (await openSmall()).list({ GROUP_ID: 6, ...filter })).result;
    expect(relations.map(({ userId }) => userId)).toEqual(ids);
  });

  test.each([
    ['no group', {}, 'SONET_CONTROLLER_USERTOGROUP_NO_GROUP'],
    ['an unknown group', { GROUP_ID: 999 }, 'SONET_CONTROLLER_USERTOGROUP_ACCESS_DENIED'],
    ['an invisible group', { GROUP_ID: 7 }, 'SONET_CONTROLLER_USERTOGROUP_ACCESS_DENIED'],
  ])('is an error for %s', async (_, filter, error) => {
    const { call } = await openSmall();
    const { status, json } = await call(LIST, { filter });
    expect({ status, error: json.error }).toEqual({ status: 400, error });
  });

  test('shows only the caller’s pending relations where the caller may not invite', async () => {
    const { control, list } = await openSmall();
    await control('relations', [
      { groupId: 8, userId: 3, role: 'Z', initiatorId: 2 },
      { groupId: 8, userId: 4, role: 'Z', initiatorId: CALLER },
      { groupId: 8, userId: CALLER, role: 'Z', initiatedBy: 'U' },
      { groupId: 8, userId: 5, role: 'T' },
    ]);
    const { relations } = (await list({ GROUP_ID: 8 })).result;
    expect(relations.map(({ userId }) => userId)).toEqual([5, CALLER, 4, 2]);
  });

  test('returns fifty relations a page', async () => {
    const portal = await openPortal({ seed: plainSeed({ users: 119, groups: 1 }) });
    const people = Array.from({ length: 119 }, (_, at) => at + 2);
    await portal.call('sonet_group.user.invite', { GROUP_ID: 1, USER_ID: people });
    const parameters = { filter: { GROUP_ID: 1 }, select: ['USER_ID'], start: 50 };
    const { result, next, total } = (await portal.call<Relations>(LIST, parameters)).json;
    expect({ next, total }).toEqual({ next: 100, total: 120 });
    expect(result.relations.map(({ userId }) => userId)).toEqual(
      people.toReversed().slice(50, 100),
    );
  });

  test('uses the portal’s own clock', async () => {
    const { call, list } = await openSmall({ clockSkewSeconds: -7_200 });
    await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [3] });
    const { result, time } = await list({ GROUP_ID: 5, ROLE: 'Z' });
    const made = Date.parse(String(result.relations[0]?.dateCreate)) / 1_000;
    expect(time.finish - made).toBeGreaterThanOrEqual(0);
    expect(Date.now() / 1_000 - made).toBeGreaterThan(7_100);
  });
});

describe('method.get', () => {
  const BOTH = ['sonet_group', 'socialnetwork'];
  test.each([
    ['there', LIST, {}, { isExisting: true, isAvailable: true }],
    ['there, in any case', 'SocialNetwork.API.UserToGroup.List', {}, { isExisting: true }],
    [
      'without its scope',
      LIST,
      { scopes: ['sonet_group'] },
      { isExisting: true, isAvailable: false },
    ],
    ['not there', LIST, { absent: [LIST] }, { isExisting: false, isAvailable: false }],
    ['unknown', 'nothing', {}, { isExisting: false, isAvailable: false }],
  ] satisfies [string, string, Partial<SandboxOptions>, object][])(
    'reports a method that is %s',
    async (_, name, options, expected) => {
      const { call } = await openSmall({ scopes: BOTH, ...options });
      expect((await call('method.get', { name })).json.result).toMatchObject(expected);
    },
  );
});

describe('an older portal', () => {
  test.each([LIST, 'method.get'] as const)('does not have %s', async (method) => {
    const { call } = await openSmall({ absent: [method] });
    const { json, status } = await call(method, { name: 'scope' });
    expect({ status, error: json.error }).toEqual({
      status: 404,
      error: 'ERROR_METHOD_NOT_FOUND',
    });
  });

  test.each(['GROUP_MEMBERS_LIST', 'INVITED_MEMBERS'] as const)('returns no %s', async (field) => {
    const params = { groupId: 6, select: ['GROUP_MEMBERS_LIST'] };
    const [here, there] = [await openSmall({ absent: [field] }), await openSmall()];
    expect((await there.call(GET, { params })).json.result).toHaveProperty(field);
    expect((await here.call(GET, { params })).json.result).not.toHaveProperty(field);
  });
});

test('reading a group takes longer the more people it has', async () => {
  const { call } = await openSmall({ memberReadSeconds: 0.01 });
  const { time } = (await call(GET, { params: { groupId: 6 } })).json;
  expect(time.processing).toBeCloseTo(0.07, 6);
});
