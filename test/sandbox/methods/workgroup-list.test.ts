import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

const LIST = 'socialnetwork.api.workgroup.list';
const TYPES = ['group', 'project', 'scrum', 'collab'] as const;

test('returns the TYPE of a group where it is selected', async () => {
  const seed = plainSeed({ users: 0, groups: 5 });
  const groups = seed.groups.map((group, index) => {
    const type = TYPES[index - 1];
    return { ...group, ...(type !== undefined && { type }) };
  });
  const { call } = await openPortal({ seed: { ...seed, groups } });
  const typesOf = async (select: string[]) => {
    const { result } = (await call<{ workgroups: object[] }>(LIST, { select })).json;
    return result.workgroups;
  };
  const expected = ['group', ...TYPES].map((type, index) => ({ id: String(index + 1), type }));
  expect(await typesOf(['TYPE'])).toEqual(expected);
  expect(await typesOf([])).toEqual(expected.map(({ id }) => ({ id })));
  const get = 'socialnetwork.api.workgroup.get';
  expect((await call(get, { params: { groupId: 5 } })).json.result).toMatchObject({
    TYPE: 'collab',
    PROJECT: 'N',
  });
});

test('returns fifty groups a page', async () => {
  const { call } = await openPortal({ seed: plainSeed({ users: 0, groups: 120 }) });
  const page = async (start: number) => (await call(LIST, { start })).json;
  expect(await page(50)).toMatchObject({ total: 120, next: 100 });
  const last = await page(100);
  expect(last).toMatchObject({ total: 120 });
  expect(last).not.toHaveProperty('next');
});

test('the members of a group are not paged', async () => {
  const { call } = await openPortal({ seed: plainSeed({ users: 130, groups: 1 }) });
  const people = Array.from({ length: 130 }, (_, at) => at + 2);
  await call('sonet_group.user.invite', { GROUP_ID: 1, USER_ID: people });
  const params = { groupId: 1, select: ['GROUP_MEMBERS_LIST'] };
  const { result } = (await call('socialnetwork.api.workgroup.get', { params })).json;
  expect(result).toHaveProperty('GROUP_MEMBERS_LIST.length', 131);
  expect(result).toHaveProperty('INVITED_MEMBERS.length', 130);
});

test('sonet_group.user.get shows a hidden group to an administrator only', async () => {
  const [admin, other] = [
    await openPortal({ seed: smallSeed(), isAdmin: true }),
    await openPortal({ seed: smallSeed() }),
  ];
  expect((await admin.call('sonet_group.user.get', { ID: 7 })).status).toBe(200);
  expect((await other.call('sonet_group.user.get', { ID: 7 })).status).toBe(400);
});
