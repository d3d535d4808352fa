import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sampleCsv } from '../../../src/files/samples/sample-file.ts';
import { sampleTable } from '../../../src/files/samples/sample-tables.ts';
import { defaultSeed, plainSeed } from '../../../src/sandbox/state/seed.ts';

test('the default portal is a whole company, always the same', () => {
  const seed = defaultSeed();
  expect(seed).toEqual(defaultSeed());
  expect(seed.users).toHaveLength(290);
  expect(seed.groups).toHaveLength(16);
  for (const what of ['id', 'name'] as const) {
    expect(new Set(seed.users.map((user) => user[what])).size).toBe(seed.users.length);
    expect(new Set(seed.groups.map((group) => group[what])).size).toBe(seed.groups.length);
  }
  const emails = seed.users.map((user) => user.email).filter((email) => email !== '');
  expect(new Set(emails).size).toBe(emails.length);
  expect(seed.users.filter((user) => !user.active)).toHaveLength(5);
  expect(seed.users.filter((user) => !user.invitable)).toHaveLength(2);
  expect(seed.users.filter((user) => user.kind !== 'employee')).toHaveLength(2);
  expect(seed.groups.filter((group) => !group.visible)).toHaveLength(1);
  expect(seed.groups.filter((group) => group.visible && !group.callerMayInvite)).toHaveLength(1);
});

test('all people in the groups of the default portal exist', () => {
  const { users, groups } = defaultSeed();
  const ids = new Set(users.map((user) => user.id));
  for (const group of groups) {
    const strangers = [...group.relations.keys()].filter((id) => !ids.has(id));
    expect({ group: group.id, strangers }).toEqual({ group: group.id, strangers: [] });
    const owners = [...group.relations.values()].filter(({ role }) => role === 'A');
    expect(owners).toHaveLength(1);
  }
});

test('a plain portal has the given numbers of users and groups', () => {
  const seed = plainSeed({ users: 1000, groups: 20 });
  expect(seed.users.map((user) => user.id)).toEqual(Array.from({ length: 1001 }, (_, i) => i + 1));
  expect(seed.groups.map((group) => group.id)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(seed.groups.every((group) => group.callerMayInvite && group.visible)).toBe(true);
});

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test.each([
  ['README', / {3}```csv\n([^`]*)```/.exec(read('README.md'))?.[1] ?? '', ';'],
  ['README.ru', / {3}```csv\n([^`]*)```/.exec(read('README.ru.md'))?.[1] ?? '', ';'],
  ['the page', sampleCsv(sampleTable('en'), ','), ','],
  ['the page in Russian', sampleCsv(sampleTable('ru'), ';'), ';'],
])('the sample of %s works on the default portal', (_, csv, delimiter) => {
  const { users, groups } = defaultSeed();
  const [, ...rows] = csv.trim().split('\n');
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) {
    const [where = '', who = ''] = row.trim().split(delimiter);
    const group = groups.find(({ id, name }) => [String(id), name].includes(where));
    expect(group, row).toMatchObject({ visible: true, callerMayInvite: true });
    for (const one of who.split('|')) {
      const user = users.find(({ id, email }) => [String(id), email].includes(one));
      expect(user, row).toMatchObject({ active: true, invitable: true, kind: 'employee' });
      expect(group?.relations.has(user?.id ?? 0), row).toBe(false);
    }
  }
});
