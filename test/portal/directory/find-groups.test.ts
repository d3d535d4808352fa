import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lookup } from '../../../src/domain/pairs/directory.ts';
import type { GroupId } from '../../../src/domain/pairs/ids.ts';
import { openDirectory } from '../../../src/portal/directory/open-directory.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { SeedGroup } from '../../../src/sandbox/state/seed.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { json, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient } from '../open-client.ts';
import { group } from '../portal-ids.ts';
import { openDirectoryOf, problemOf } from '../test-directory.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const found = (id: number): Lookup<GroupId> => ({ kind: 'found', id: group(id) });
const unknown: Lookup<GroupId> = { kind: 'unknown' };
const named = (...groups: [number, string][]) =>
  groups.map(([id, name]) => ({ id: group(id), name }));

/** Groups with the ids from 1. */
const GROUPS: Partial<SeedGroup>[] = [
  { name: 'Marketing' },
  { name: 'Отдел продаж' },
  { name: 'Tom & Jerry "Ltd" <x>' },
  { name: 'R&amp;D &quot;Labs&quot;' },
  { name: 'It&#039;s us' },
  { name: '100% sure' },
  { name: '100 pounds sure' },
  { name: 'a_b' },
  { name: 'Cost of $result[c0][0][NAME]' },
  { name: 'Party 🎉 & more' },
  { name: 'Семья 👨‍👩‍👧' },
  { name: 'Padded  ' },
  { name: 'Cafe\u0301' },
  { name: 'Archive', archived: true },
  { name: 'Secret', visible: false },
  { name: "O'Neil; DROP TABLE x -- #1 ?a=b+c" },
  { name: '日本語グループ' },
  { name: 'R&D' },
  { name: 'x'.repeat(255) },
  { name: 'Two  blanks' },
];

/** What is offered for a name that differs by one letter. */
const near = (id: number, name: string): Lookup<GroupId> => ({
  kind: 'unknown',
  similar: named([id, name]),
});

describe('a group is found by its name', () => {
  test.each<[string, string, Lookup<GroupId>]>([
    ['as it is', 'Marketing', found(1)],
    ['with blanks around it', '\tMarketing ', found(1)],
    ['in another script', 'Отдел продаж', found(2)],
    ['with quotes and brackets', 'Tom & Jerry "Ltd" <x>', found(3)],
    ['that the portal stores escaped', 'R&D "Labs"', found(4)],
    ['escaped, as the portal stores it', 'R&amp;D &quot;Labs&quot;', found(4)],
    ['with an escaped apostrophe', "It's us", found(5)],
    ['with a character that is a wildcard elsewhere', '100% sure', found(6)],
    ['that such a wildcard would match', '100 pounds sure', found(7)],
    ['with another one', 'a_b', found(8)],
    ['that refers to a result', 'Cost of $result[c0][0][NAME]', found(9)],
    ['with an emoji', 'Party 🎉 & more', found(10)],
    ['with an emoji of several characters', 'Семья 👨‍👩‍👧', found(11)],
    ['with blanks behind it on the portal', 'Padded', found(12)],
    ['in composed form, when the portal’s is not', 'Caf\u00e9', found(13)],
    ['in decomposed form', 'Cafe\u0301', found(13)],
    ['when it is archived', 'Archive', found(14)],
    ['with the special characters of queries', "O'Neil; DROP TABLE x -- #1 ?a=b+c", found(16)],
    ['with characters of three bytes', '日本語グループ', found(17)],
    ['rather than one that equals it unescaped', 'R&D', found(18)],
    ['of the longest length', 'x'.repeat(255), found(19)],
    ['but not when it is longer', 'x'.repeat(256), near(19, 'x'.repeat(255))],
    ['but not when there is none', 'Sales', unknown],
    ['but not when the caller cannot see it', 'Secret', unknown],
    ['but not by a part of it', 'Market', unknown],
    ['but not by a wildcard', '%', unknown],
    ['but not by a pattern', 'a%', unknown],
    ['but not by a wildcard for one character', 'Marketin_', near(1, 'Marketing')],
    ['but not with a letter too many', 'Markketing', near(1, 'Marketing')],
    ['but not by an empty name', '', unknown],
    ['but not by blanks', ' \u00a0 ', unknown],
  ])('%s', async (_, name, expected) => {
    const { directory } = await openDirectoryOf(server.redis, [], GROUPS);
    expect(await directory.groupsByName([name])).toEqual(new Map([[name, expected]]));
  });

  test.each([
    ['Marketing', 'MARKETING'],
    ['Отдел продаж', 'отдел Продаж'],
    ['Party 🎉 & more', 'party 🎉 & More'],
    ['R&amp;D', 'r&d'],
  ])('%s, but %s is only similar', async (name, given) => {
    const { directory } = await openDirectoryOf(server.redis, [], [{ name }]);
    const answer = (await directory.groupsByName([given])).get(given);
    const similar = named([1, name.replace('&amp;', '&')]);
    expect(answer).toEqual({ kind: 'unknown', similar });
  });

  test('among many others in one call', async () => {
    const { directory, portal } = await openDirectoryOf(server.redis, [], GROUPS);
    const names = GROUPS.map(({ name = '' }) => name);
    const answers = await directory.groupsByName([...names, 'Nothing', 'marketing']);
    const expected = names.map((name, index): [string, Lookup<GroupId>] => [
      name,
      name === 'Secret' ? unknown : found(index + 1),
    ]);
    const similar: Lookup<GroupId> = { kind: 'unknown', similar: named([1, 'Marketing']) };
    expect(answers).toEqual(new Map([...expected, ['Nothing', unknown], ['marketing', similar]]));
    expect((await portal.truth()).failures).toEqual([]);
  });
});

describe('several groups with one name', () => {
  test('are ambiguous, including an archived one', async () => {
    const groups = [{ name: 'News' }, { name: 'News', archived: true }, { name: 'NEWS' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(['News', 'NEWS', 'news']);
    expect([...answers.values()]).toEqual([
      { kind: 'ambiguous', candidates: named([1, 'News'], [2, 'News']) },
      found(3),
      { kind: 'unknown', similar: named([1, 'News'], [2, 'News'], [3, 'NEWS']) },
    ]);
  });

  test('are not ambiguous when the caller can see only one', async () => {
    const groups = [{ name: 'News', visible: false }, { name: 'News' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    expect((await directory.groupsByName(['News'])).get('News')).toEqual(found(2));
  });

  test('are found on all pages', async () => {
    const groups = [...Array.from({ length: 120 }, () => ({ name: 'News' })), { name: 'Last' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(['News', 'Last']);
    expect(answers.get('News')).toMatchObject({ candidates: { length: 120 } });
    expect(answers.get('Last')).toEqual(found(121));
  });

  test('do not hide another name, even if there are many', async () => {
    const groups = [...Array.from({ length: 1_100 }, () => ({ name: 'News' })), { name: 'Last' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(['News', 'Last']);
    expect(answers.get('News')?.kind).toBe('ambiguous');
    expect(answers.get('Last')).toEqual(found(1_101));
  });
});

describe('many names', () => {
  test('take one request for every 2,500', async () => {
    const groups = Array.from({ length: 2_600 }, (_, index) => ({ name: `Team ${index}` }));
    const { directory, portal } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(groups.map(({ name }) => name));
    expect([...answers.values()]).toEqual(groups.map((_, index) => found(index + 1)));
    const { requests, calls } = await portal.truth();
    expect({ requests, calls }).toEqual({
      requests: 2,
      calls: { batch: 2, 'sonet_group.get': 52 },
    });
  });

  test('are split into commands of limited length', async () => {
    const groups = Array.from({ length: 200 }, (_, index) => ({
      name: `${'"Ü&'.repeat(60)}${index}`,
    }));
    const { directory, portal } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(groups.map(({ name }) => name));
    expect([...answers.values()]).toEqual(groups.map((_, index) => found(index + 1)));
    const { calls } = await portal.truth();
    expect(calls['sonet_group.get']).toBeGreaterThan(50);
  });

  test.each<[string, Fault[]]>([
    ['pages of a gateway', [{ kind: 'html_502', times: 2 }]],
    ['failing commands', [{ kind: 'command_error', times: 2 }]],
    ['a method at its limit', [{ kind: 'operating_limit', times: 1 }]],
  ])('are found despite %s', async (_, faults) => {
    const groups = Array.from({ length: 300 }, (_, index) => ({ name: `Team ${index}` }));
    const { directory, portal } = await openDirectoryOf(server.redis, [], groups);
    await portal.control('faults', faults);
    const answers = await directory.groupsByName(groups.map(({ name }) => name));
    expect([...answers.values()]).toEqual(groups.map((_, index) => found(index + 1)));
  });
});

describe('groups cannot be found by name', () => {
  test('without the scope sonet_group', async () => {
    const { directory } = await openDirectoryOf(server.redis, [], GROUPS, { scopes: ['user'] });
    const problem = await problemOf(directory.groupsByName(['Marketing']));
    expect(problem.message).toContain('may not read groups');
    expect(problem.remedy).toContain('scope sonet_group');
  });

  test('when the portal is blocked', async () => {
    const { directory, portal } = await openDirectoryOf(server.redis, [], GROUPS);
    await portal.control('faults', [{ kind: 'overload' }]);
    const problem = await problemOf(directory.groupsByName(['Marketing', 'Sales']));
    expect(problem.remedy).toContain('only Bitrix24 support');
  });

  test('when the answer is not a list', async () => {
    const { origin } = await startOddServer((response) => json(response, 200, { result: [7] }));
    const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
    const problem = await problemOf(openDirectory(client).groupsByName(['Marketing']));
    expect(problem.message).toContain('does not answer like Bitrix24');
  });
});

test.each([
  [
    'an administrator finds hidden groups, a visible one of the same name first',
    true,
    [found(1), found(3)],
  ],
  ['no one else finds hidden groups', false, [found(1), unknown]],
])('%s', async (_, isAdmin, lookups) => {
  const groups = [
    { name: 'Sales' },
    { name: 'Sales', visible: false },
    { name: 'Board', visible: false },
  ];
  const { directory } = await openDirectoryOf(server.redis, [], groups, { isAdmin });
  const names = ['Sales', 'Board'];
  const byName = await directory.groupsByName(names);
  expect(names.map((name) => byName.get(name))).toEqual(lookups);
});
