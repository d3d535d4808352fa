import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

interface Workgroup {
  GROUP_MEMBERS_LIST: unknown[];
}

const GET = 'socialnetwork.api.workgroup.get';

test('a workgroup lists its members by role, and pending ones of both kinds', async () => {
  const { call } = await openPortal({ seed: smallSeed() });
  const { result } = (await call(GET, { params: { groupId: 6 } })).json;
  expect(result).toMatchObject({
    ID: 6,
    NAME: 'Busy',
    OWNER_ID: 2,
    MEMBERS: [2, 3, 4, 9],
    ORDINARY_MEMBERS: [4, 9],
    MODERATOR_MEMBERS: [3],
    INVITED_MEMBERS: [6, 7],
  });
  expect(result).not.toHaveProperty('GROUP_MEMBERS_LIST');
  expect(result).not.toHaveProperty('ACTIONS');
});

test('a workgroup with the select lists each relation, including the banned', async () => {
  const { call, batch } = await openPortal({ seed: smallSeed() });
  const params = { groupId: '6', select: ['GROUP_MEMBERS_LIST', 'ACTIONS', 'USER_DATA'] };
  const { result } = (await call<Workgroup>(GET, { params })).json;
  expect(result.GROUP_MEMBERS_LIST).toEqual([
    { id: 2, invited: false, isAwaiting: false, isMember: true },
    { id: 3, invited: false, isAwaiting: false, isMember: true },
    { id: 4, invited: false, isAwaiting: false, isMember: true },
    { id: 9, invited: false, isAwaiting: false, isMember: true },
    { id: 5, invited: false, isAwaiting: false, isMember: false },
    { id: 6, invited: true, isAwaiting: false, isMember: false },
    { id: 7, invited: false, isAwaiting: true, isMember: false },
  ]);
  expect(result).toMatchObject({ ACTIONS: { INVITE: true }, USER_DATA: { ROLE: false } });
  const query = 'params[groupId]=6&params[select][0]=GROUP_MEMBERS_LIST&params[select][1]=ACTIONS';
  const inside = await batch({ a: `${GET}?${query}` });
  const { GROUP_MEMBERS_LIST } = result;
  expect(inside.json.result.result.a).toMatchObject({ GROUP_MEMBERS_LIST });
});

test('the list is empty for a caller who may neither modify nor invite', async () => {
  const { call } = await openPortal({ seed: smallSeed() });
  const params = { groupId: 8, select: ['GROUP_MEMBERS_LIST', 'ACTIONS'] };
  expect((await call(GET, { params })).json.result).toMatchObject({
    GROUP_MEMBERS_LIST: [],
    ACTIONS: { INVITE: false, EDIT: false, JOIN: true },
    MEMBERS: [2],
  });
});

test.each([
  ['no id', {}, 'SONET_CONTROLLER_WORKGROUP_EMPTY'],
  ['an unknown id', { groupId: 999 }, 'SONET_CONTROLLER_WORKGROUP_NOT_FOUND'],
  ['an invisible group', { groupId: 7 }, 'SONET_CONTROLLER_WORKGROUP_NOT_FOUND'],
])('a workgroup by %s is an error', async (_, params, code) => {
  const { call } = await openPortal({ seed: smallSeed() });
  const answer = await call(GET, { params });
  expect(answer.status).toBe(400);
  expect(answer.json.error).toBe(code);
});

test('sonet_group.user.get lists active members, and no pending users', async () => {
  const { call } = await openPortal({ seed: smallSeed() });
  expect((await call('sonet_group.user.get', { ID: 6 })).json.result).toEqual([
    { USER_ID: '2', ROLE: 'A' },
    { USER_ID: '3', ROLE: 'E' },
    { USER_ID: '4', ROLE: 'K' },
  ]);
});

test.each([
  [{ ID: 0 }, 'Wrong socialnetwork group ID'],
  [{ ID: 999 }, 'Socialnetwork group not found'],
  [{ ID: 7 }, 'Socialnetwork group not found'],
])('sonet_group.user.get of %j is an error', async (parameters, text) => {
  const { call } = await openPortal({ seed: smallSeed() });
  const answer = await call('sonet_group.user.get', parameters);
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ error: '', error_description: text });
});

test.each([
  ['all', {}, ['8', '6', '5']],
  ['by id', { FILTER: { ID: [5, '6', 7, 999] } }, ['6', '5']],
  ['by one id', { GROUP_ID: 5 }, ['5']],
  ['by name', { FILTER: { '%NAME': 'us' } }, ['6']],
  ['by exact name', { FILTER: { NAME: 'open' } }, ['5']],
  ['but one', { FILTER: { '!ID': 6 } }, ['8', '5']],
  ['from an id on', { FILTER: { '>=ID': 6 }, ORDER: { ID: 'ASC' } }, ['6', '8']],
])('sonet_group.get lists %s', async (_, parameters, ids) => {
  const { call } = await openPortal({ seed: smallSeed() });
  const { result, total } = (await call<{ ID: string }[]>('sonet_group.get', parameters)).json;
  expect(result.map((group) => group.ID)).toEqual(ids);
  expect(total).toBe(ids.length);
});

describe('names of groups', () => {
  const NAMES = [
    'News',
    'NEWS ',
    'Cafe\u0301',
    '100%',
    '100 %',
    'a_b',
    'axb',
    'Party 🎉',
    'R&amp;D',
  ];
  const openNamed = () => {
    const seed = plainSeed({ users: 0, groups: NAMES.length });
    const groups = seed.groups.map((group, index) => ({
      ...group,
      name: NAMES[index] ?? '',
      archived: index === 0,
    }));
    return openPortal({ seed: { ...seed, groups } });
  };

  test.each([
    ['several have', ['news'], [1, 2]],
    ['contain combining characters', 'caf\u00e9', [3]],
    ['contain wildcards of user.get', ['100%', 'a_b'], [4, 6]],
    ['contain an emoji, in its stored form', 'Party :f09f8e89:', [8]],
    ['contain an emoji, but not in its plain form', 'Party 🎉', []],
    ['are stored escaped', 'R&amp;D', [9]],
    ['are stored escaped, but not unescaped', 'R&D', []],
  ])('that %s are found by sonet_group.get', async (_, NAME, ids) => {
    const { call } = await openNamed();
    const parameters = { FILTER: { NAME }, ORDER: { ID: 'ASC' } };
    const { result } = (await call<{ ID: string; NAME: string }[]>('sonet_group.get', parameters))
      .json;
    expect(result.map(({ ID, NAME: name }) => [ID, name])).toEqual(
      ids.map((id) => [String(id), NAMES[id - 1]]),
    );
  });

  test('include those of archived groups', async () => {
    const { call } = await openNamed();
    const { result } = (await call('sonet_group.get', { FILTER: { CLOSED: 'Y' } })).json;
    expect(result).toMatchObject([{ ID: '1', CLOSED: 'Y' }]);
  });

  test('can be filtered with wildcards in workgroup.list', async () => {
    const { call } = await openNamed();
    const parameters = { filter: { NAME: ['a_b', '100%', 'Party %'] }, select: ['NAME'] };
    const { result } = (await call('socialnetwork.api.workgroup.list', parameters)).json;
    const names = ['100%', '100 %', 'a_b', 'axb', 'Party 🎉'];
    expect(result).toMatchObject({ workgroups: names.map((name) => ({ name })) });
  });
});

test('sonet_group.get returns fifty groups a page', async () => {
  const { call } = await openPortal({ seed: plainSeed({ users: 0, groups: 120 }) });
  const page = async (start: number) => (await call('sonet_group.get', { start })).json;
  expect(await page(0)).toMatchObject({ total: 120, next: 50 });
  expect(await page(50)).toMatchObject({ total: 120, next: 100 });
  const last = await page(100);
  expect(last.result).toHaveLength(20);
  expect(last).not.toHaveProperty('next');
  expect(await page(-1)).not.toHaveProperty('total');
});

test('workgroup.list returns the selected fields, in camel case', async () => {
  const { call } = await openPortal({ seed: smallSeed() });
  const answer = await call('socialnetwork.api.workgroup.list', {
    filter: { ID: [5, 6, 7] },
    select: ['NAME', 'NUMBER_OF_MEMBERS'],
    order: { ID: 'DESC' },
  });
  expect(answer.json.result).toEqual({
    workgroups: [
      { id: '6', name: 'Busy', numberOfMembers: '4' },
      { id: '5', name: 'Open', numberOfMembers: '1' },
    ],
  });
  expect(answer.json.total).toBe(2);
});

test.each([
  [true, 'Y', ['7', '5']],
  [true, 'N', ['5']],
  [false, 'Y', ['5']],
])(
  'sonet_group.get shows hidden groups: administrator %s, IS_ADMIN %s',
  async (isAdmin, flag, ids) => {
    const { call } = await openPortal({ seed: smallSeed(), isAdmin });
    const parameters = { FILTER: { ID: [5, 7] }, IS_ADMIN: flag };
    const { result } = (await call<{ ID: string }[]>('sonet_group.get', parameters)).json;
    expect(result.map(({ ID }) => ID)).toEqual(ids);
  },
);

test.each([
  ['without a role there', 8, false, []],
  ['who owns it', 5, true, [1]],
])('workgroup.get goes by the role of an administrator %s', async (_, groupId, may, listed) => {
  const { call } = await openPortal({ seed: smallSeed(), isAdmin: true });
  const { result } = (
    await call<{ ACTIONS: unknown; GROUP_MEMBERS_LIST: { id: number }[]; MEMBERS: number[] }>(
      'socialnetwork.api.workgroup.get',
      { params: { groupId, select: ['ACTIONS', 'GROUP_MEMBERS_LIST'] } },
    )
  ).json;
  expect(result.ACTIONS).toMatchObject({ INVITE: may });
  expect(result.GROUP_MEMBERS_LIST.map(({ id }) => id)).toEqual(listed);
  expect(result.MEMBERS).not.toEqual([]);
});
