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

describe('a group is found by its name', () => {
  test.each<[string, string, Lookup<GroupId>]>([
    ['as it is', 'Marketing', found(1)],
    ['with blanks around', '\tMarketing ', found(1)],
    ['in another script', 'Отдел продаж', found(2)],
    ['with quotes and brackets', 'Tom & Jerry "Ltd" <x>', found(3)],
    ['that the portal keeps escaped', 'R&D "Labs"', found(4)],
    ['escaped, as the portal keeps it', 'R&amp;D &quot;Labs&quot;', found(4)],
    ['with an escaped apostrophe', "It's us", found(5)],
    ['with a sign that is a wildcard elsewhere', '100% sure', found(6)],
    ['that such a wildcard would match', '100 pounds sure', found(7)],
    ['with another one', 'a_b', found(8)],
    ['that refers to a result', 'Cost of $result[c0][0][NAME]', found(9)],
    ['with an emoji', 'Party 🎉 & more', found(10)],
    ['with an emoji of several signs', 'Семья 👨‍👩‍👧', found(11)],
    ['with blanks behind it on the portal', 'Padded', found(12)],
    ['composed, when the portal’s is not', 'Caf\u00e9', found(13)],
    ['not composed', 'Cafe\u0301', found(13)],
    ['though archived', 'Archive', found(14)],
    ['with all that a query could be made of', "O'Neil; DROP TABLE x -- #1 ?a=b+c", found(16)],
    ['with letters of three bytes', '日本語グループ', found(17)],
    ['rather than one that is it unescaped', 'R&D', found(18)],
    ['as long as a column', 'x'.repeat(255), found(19)],
    ['unless it is longer', 'x'.repeat(256), unknown],
    ['unless there is none', 'Sales', unknown],
    ['unless the caller does not see it', 'Secret', unknown],
    ['but no part of one will do', 'Market', unknown],
    ['nor will a wildcard', '%', unknown],
    ['nor a pattern', 'a%', unknown],
    ['nor one for a single sign', 'Marketin_', unknown],
    ['nor nothing', '', unknown],
    ['nor blanks', ' \u00a0 ', unknown],
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

  test('whatever else is asked for at once', async () => {
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

describe('several with one name', () => {
  test('are ambiguous, the archived one too', async () => {
    const groups = [{ name: 'News' }, { name: 'News', archived: true }, { name: 'NEWS' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(['News', 'NEWS', 'news']);
    expect([...answers.values()]).toEqual([
      { kind: 'ambiguous', candidates: named([1, 'News'], [2, 'News']) },
      found(3),
      { kind: 'unknown', similar: named([1, 'News'], [2, 'News'], [3, 'NEWS']) },
    ]);
  });

  test('are one when the caller sees one', async () => {
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

  test('hide no other, however many they are', async () => {
    const groups = [...Array.from({ length: 1_100 }, () => ({ name: 'News' })), { name: 'Last' }];
    const { directory } = await openDirectoryOf(server.redis, [], groups);
    const answers = await directory.groupsByName(['News', 'Last']);
    expect(answers.get('News')?.kind).toBe('ambiguous');
    expect(answers.get('Last')).toEqual(found(1_101));
  });
});

describe('many names', () => {
  test('take one request for each two and a half thousand', async () => {
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

  test('travel in commands of a sane length', async () => {
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
  ])('are found in spite of %s', async (_, faults) => {
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

  test('when the answer is no list', async () => {
    const { origin } = await startOddServer((response) => json(response, 200, { result: [7] }));
    const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
    const problem = await problemOf(openDirectory(client).groupsByName(['Marketing']));
    expect(problem.message).toContain('does not answer like Bitrix24');
  });
});
