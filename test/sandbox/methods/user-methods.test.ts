import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, type Raw, type SandboxResponse, smallSeed } from '../raw-client.ts';

type Users = { ID: string }[];

const idsOf = (answer: Raw<SandboxResponse<Users>>): string[] =>
  answer.json.result.map((user) => user.ID);

const ALL = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

test.each([
  ['by id', { FILTER: { ID: [3, '2', 999] } }, ['2', '3']],
  ['by one id', { FILTER: { ID: 2 } }, ['2']],
  ['by an empty list of ids', { FILTER: { ID: [] } }, []],
  ['by mail', { FILTER: { EMAIL: ['PERSON2@northwind.example'] } }, ['2']],
  ['by parts of a mail', { FILTER: { EMAIL: 'person2@%' } }, ['2']],
  [
    'by a mail with a wildcard for one character',
    { FILTER: { EMAIL: 'person_@northwind.example' } },
    ALL,
  ],
  [
    'by several mails',
    { FILTER: { EMAIL: ['person2@northwind.example', 'x', '%3@%'] } },
    ['2', '3'],
  ],
  ['in lower case keys', { filter: { id: [2] } }, ['2']],
  ['without FILTER', { ID: [2, 3] }, ['2', '3']],
  ['the dismissed', { FILTER: { ACTIVE: false } }, ['9']],
  ['backwards', { FILTER: { ID: [2, 3] }, SORT: 'ID', ORDER: 'DESC' }, ['3', '2']],
  ['ignoring unknown fields', { FILTER: { ID: 2, NO_SUCH: 'x' } }, ['2']],
])('user.get finds %s', async (_, parameters, ids) => {
  const { call } = await openPortal({ seed: smallSeed() });
  expect(idsOf(await call<Users>('user.get', parameters))).toEqual(ids);
});

test.each(['bot', 'email', 'integrator', 'system'] as const)(
  'user.get does not list users of the kind %s, not even to an administrator',
  async (kind) => {
    const seed = smallSeed();
    const users = seed.users.map((user) => (user.id === 3 ? { ...user, kind } : user));
    const { call } = await openPortal({ seed: { ...seed, users }, isAdmin: true });
    const FILTER = { ID: [2, 3] };
    expect(idsOf(await call<Users>('user.get', { FILTER, ADMIN_MODE: true }))).toEqual(['2']);
  },
);

test('user.get shows who is dismissed', async () => {
  const { call } = await openPortal({ seed: smallSeed() });
  const { result, total } = (await call('user.get', { FILTER: { ID: [2, 9] } })).json;
  expect(total).toBe(2);
  expect(result).toMatchObject([
    { ID: '2', ACTIVE: true, NAME: 'Person', EMAIL: 'person2@northwind.example' },
    { ID: '9', ACTIVE: false, USER_TYPE: 'employee' },
  ]);
});

test('user.get returns both users with one mail, with the selected fields', async () => {
  const seed = smallSeed();
  const users = seed.users.map((user) =>
    user.id < 4 ? { ...user, email: 'Ann@x.example' } : user,
  );
  const { call } = await openPortal({ seed: { ...seed, users } });
  const FILTER = { EMAIL: ['ann@x.example'], '!ID': 1 };
  const { result } = (await call('user.get', { FILTER, SELECT: ['ID', 'EMAIL', 'X'] })).json;
  expect(result).toEqual([
    { ID: '2', EMAIL: 'Ann@x.example' },
    { ID: '3', EMAIL: 'Ann@x.example' },
  ]);
});

test('user.get returns fifty users a page, and no total for an empty result', async () => {
  const { call } = await openPortal({ seed: plainSeed({ users: 60, groups: 0 }) });
  const first = (await call('user.get')).json;
  expect(first).toMatchObject({ total: 61, next: 50 });
  const last = (await call('user.get', { start: 50 })).json;
  expect(last.result).toHaveLength(11);
  expect(last).not.toHaveProperty('next');
  const none = (await call('user.get', { FILTER: { ID: [999] } })).json;
  expect(none.result).toEqual([]);
  expect(none).not.toHaveProperty('total');
});

test.each([
  ['user', true],
  ['user_basic', true],
  ['user_brief', false],
])('with the scope %s user.get shows mail addresses: %s', async (scope, shows) => {
  const { call } = await openPortal({ seed: smallSeed(), scopes: [scope] });
  const user = await call('user.get', { FILTER: { ID: 2 } });
  expect(user.text.includes('"EMAIL"')).toBe(shows);
  // A filter by a field that the scope hides has no effect.
  const found = await call<Users>('user.get', { FILTER: { EMAIL: 'person2@northwind.example' } });
  expect(idsOf(found)).toHaveLength(shows ? 1 : 9);
});

test('user.current and profile return the caller, profile without any scope', async () => {
  const portal = await openPortal({ seed: smallSeed() });
  expect((await portal.call('user.current')).json.result).toMatchObject({ ID: '1', ACTIVE: true });
  const bare = await openPortal({ seed: smallSeed(), scopes: [] });
  expect((await bare.call('profile')).json.result).toMatchObject({ ID: '1', ADMIN: false });
  const admin = await openPortal({ seed: smallSeed(), isAdmin: true });
  expect((await admin.call('profile')).json.result).toMatchObject({ ID: '1', ADMIN: true });
});

test('app.info returns the plan without any scope, where the portal has it', async () => {
  const bare = await openPortal({ seed: smallSeed(), scopes: [], license: 'com_ent250' });
  expect((await bare.call('app.info')).json.result).toMatchObject({ LICENSE: 'com_ent250' });
  const older = await openPortal({ seed: smallSeed(), absent: ['app.info'] });
  expect((await older.call('app.info')).json.error).toBe('ERROR_METHOD_NOT_FOUND');
});

test.each([
  ['an administrator by the key ID', true, { FILTER: { ID: [3, 4] } }, 2],
  ['an administrator in ADMIN_MODE', true, { FILTER: { '@ID': [3, 4] }, ADMIN_MODE: true }, 2],
  ['no administrator otherwise', true, { FILTER: { '@ID': [3, 4] } }, 1],
  ['no one else', false, { FILTER: { ID: [3, 4] }, ADMIN_MODE: true }, 1],
])('user.get shows extranet users to %s', async (_, isAdmin, parameters, count) => {
  const seed = smallSeed();
  for (const user of seed.users.filter(({ id }) => id === 3)) {
    Object.assign(user, { kind: 'extranet', hasLoggedIn: false });
  }
  const { call } = await openPortal({ seed, isAdmin });
  const { result } = (await call<Record<string, unknown>[]>('user.get', parameters)).json;
  expect(result).toHaveLength(count);
  if (count === 2) expect(result[0]).toMatchObject({ USER_TYPE: 'extranet', LAST_LOGIN: '' });
});
