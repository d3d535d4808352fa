import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lookup } from '../../../src/domain/pairs/directory.ts';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { openDirectory } from '../../../src/portal/directory/open-directory.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { SeedUser } from '../../../src/sandbox/state/seed.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { json, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient } from '../open-client.ts';
import { user } from '../portal-ids.ts';
import { openDirectoryOf, problemOf } from '../test-directory.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const found = (id: number): Lookup<UserId> => ({ kind: 'found', id: user(id) });
const unknown: Lookup<UserId> = { kind: 'unknown' };

/** People with the ids from 2. */
const PEOPLE: Partial<SeedUser>[] = [
  { email: 'anna@north.example' },
  { email: 'Boris.Petrov@North.Example' },
  { email: 'a_b@north.example' },
  { email: 'axb@north.example' },
  { email: '50%off@north.example' },
  { email: '50-off@north.example' },
  { email: "o'hara+hr@north.example" },
  { email: 'анна@почта.рф' },
  { email: '', name: 'No Address' },
  { email: 'bot@north.example', kind: 'bot' },
  { email: 'guest@partner.example', kind: 'email' },
  { email: 'gone@north.example', active: false },
  { email: '$result[c0][0][ID]@north.example' },
];

describe('a person is found by e-mail', () => {
  test.each<[string, string, Lookup<UserId>]>([
    ['as it is', 'anna@north.example', found(2)],
    ['in another case', 'ANNA@North.example', found(2)],
    ['in another case on the portal', 'boris.petrov@north.example', found(3)],
    ['with blanks around', '  anna@north.example\t', found(2)],
    ['with a sign that is a wildcard for one', 'a_b@north.example', found(4)],
    ['that such a wildcard matches', 'axb@north.example', found(5)],
    ['with a sign that is a wildcard for many', '50%off@north.example', found(6)],
    ['that such a wildcard matches too', '50-off@north.example', found(7)],
    ['with an apostrophe and a plus', "o'hara+hr@north.example", found(8)],
    ['in another script', 'Анна@Почта.рф', found(9)],
    ['though dismissed', 'gone@north.example', found(13)],
    ['like a reference to a result', '$result[c0][0][ID]@north.example', found(14)],
    ['unless nobody has it', 'nobody@north.example', unknown],
    ['but a wildcard is nobody’s', '%@north.example', unknown],
    ['nor is one alone', '%', unknown],
    ['nor one for a single sign', 'ann_@north.example', unknown],
    ['nor are many wildcards', '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a', unknown],
    ['nor is nothing', '', unknown],
    ['nor are blanks', '  ', unknown],
    ['nor is a part of one', 'anna@north', unknown],
    ['nor is a bot’s', 'bot@north.example', unknown],
    ['nor is an e-mail user’s', 'guest@partner.example', unknown],
    ['nor is what no column holds', `${'a'.repeat(5_000)}@north.example`, unknown],
    ['nor is what looks like a query', 'anna@north.example&FILTER[ID]=2#', unknown],
  ])('%s', async (_, email, expected) => {
    const { directory } = await openDirectoryOf(server.redis, PEOPLE, []);
    expect(await directory.usersByEmail([email])).toEqual(new Map([[email, expected]]));
  });

  test('whoever else is asked for at once', async () => {
    const { directory } = await openDirectoryOf(server.redis, PEOPLE, []);
    const emails = PEOPLE.map(({ email = '' }) => email);
    const answers = await directory.usersByEmail([...emails, 'ANNA@north.example', '%']);
    const expected = emails.map((email, index): [string, Lookup<UserId>] => {
      const isListed = !['', 'bot@north.example', 'guest@partner.example'].includes(email);
      return [email, isListed ? found(index + 2) : unknown];
    });
    expect(answers).toEqual(
      new Map([...expected, ['ANNA@north.example', found(2)], ['%', unknown]]),
    );
  });
});

describe('several with one address', () => {
  const anna = { name: 'Anna Ivanova', email: 'shared@north.example' };
  const boris = { name: 'Boris Petrov', email: 'Shared@North.example' };

  test.each<[string, Partial<SeedUser>[], Lookup<UserId>]>([
    [
      'are ambiguous',
      [anna, boris],
      {
        kind: 'ambiguous',
        candidates: [
          { id: user(2), name: 'Anna Ivanova' },
          { id: user(3), name: 'Boris Petrov' },
        ],
      },
    ],
    ['are the one who is active', [{ ...anna, active: false }, boris], found(3)],
    [
      'are ambiguous when two are active, the dismissed told',
      [anna, { ...anna, active: false }, boris],
      {
        kind: 'ambiguous',
        candidates: [
          { id: user(2), name: 'Anna Ivanova' },
          { id: user(3), name: 'Anna Ivanova', isDismissed: true },
          { id: user(4), name: 'Boris Petrov' },
        ],
      },
    ],
    [
      'are ambiguous when nobody is active',
      [
        { ...anna, active: false },
        { ...boris, active: false },
      ],
      {
        kind: 'ambiguous',
        candidates: [
          { id: user(2), name: 'Anna Ivanova', isDismissed: true },
          { id: user(3), name: 'Boris Petrov', isDismissed: true },
        ],
      },
    ],
  ])('%s', async (_, people, expected) => {
    const { directory } = await openDirectoryOf(server.redis, people, []);
    const answers = await directory.usersByEmail(['shared@north.example']);
    expect(answers.get('shared@north.example')).toEqual(expected);
  });

  test('are found on all pages', async () => {
    const crowd = Array.from({ length: 130 }, () => ({ email: 'team@north.example' }));
    const last = { email: 'last@north.example' };
    const { directory } = await openDirectoryOf(server.redis, [...crowd, last], []);
    const answers = await directory.usersByEmail(['team@north.example', 'last@north.example']);
    expect(answers.get('team@north.example')).toMatchObject({
      kind: 'ambiguous',
      candidates: { length: 130 },
    });
    expect(answers.get('last@north.example')).toEqual(found(132));
  });

  test('hide nobody else, however many they are', async () => {
    const crowd = Array.from({ length: 1_100 }, () => ({ email: 'team@north.example' }));
    const last = { email: 'last@north.example' };
    const { directory } = await openDirectoryOf(server.redis, [...crowd, last], []);
    const answers = await directory.usersByEmail(['team@north.example', 'last@north.example']);
    expect(answers.get('team@north.example')?.kind).toBe('ambiguous');
    expect(answers.get('last@north.example')).toEqual(found(1_102));
  });
});

describe('many addresses', () => {
  /** So many people with addresses, each found by its own. */
  function crowd(size: number) {
    const people = Array.from({ length: size }, (_, i) => ({ email: `p${i}@north.example` }));
    const emails = people.map(({ email }) => email);
    const everybody = emails.map((email, i): [string, Lookup<UserId>] => [email, found(i + 2)]);
    return { people, emails, everybody: new Map(everybody) };
  }

  test('take one request for each two and a half thousand, and none for those known', async () => {
    const { people, emails, everybody } = crowd(2_600);
    const { directory, portal } = await openDirectoryOf(server.redis, people, []);
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
    const { requests, calls } = await portal.truth();
    expect({ requests, calls }).toEqual({
      requests: 3,
      calls: { scope: 1, batch: 2, 'user.get': 52 },
    });
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
    expect((await portal.truth()).requests).toBe(3);
  });

  test('are right when fewer are remembered', async () => {
    const { people, emails, everybody } = crowd(300);
    const few = { cached: 100 };
    const { directory, portal } = await openDirectoryOf(server.redis, people, [], {}, few);
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
    const before = (await portal.truth()).requests;
    await directory.usersByEmail(emails.slice(-100));
    expect((await portal.truth()).requests).toBe(before);
    expect(await directory.usersByEmail(['p0@north.example'])).toEqual(
      new Map([['p0@north.example', found(2)]]),
    );
    expect((await portal.truth()).requests).toBe(before + 1);
  });

  test.each<[string, Fault[]]>([
    ['pages of a gateway', [{ kind: 'html_503', times: 3 }]],
    [
      'breaking connections',
      [
        { kind: 'drop_after', times: 2 },
        { kind: 'cut_answer', times: 1 },
      ],
    ],
    ['a full bucket', [{ kind: 'rate_limit', times: 3 }]],
    ['failing commands', [{ kind: 'command_error', times: 2 }]],
    ['a method at its limit', [{ kind: 'operating_limit', method: 'user.get', times: 2 }]],
  ])('are found in spite of %s', async (_, faults) => {
    const { people, emails, everybody } = crowd(300);
    const { directory, portal } = await openDirectoryOf(server.redis, people, []);
    await portal.control('faults', faults);
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
  });

  test('are found when a request takes too long', async () => {
    const { people, emails, everybody } = crowd(400);
    const sandbox = { readSeconds: 0.06 };
    const options = { timeoutMs: 400 };
    const { directory } = await openDirectoryOf(server.redis, people, [], sandbox, options);
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
  });

  test('are found when the method uses its seconds up, the wait being told', async () => {
    const { people, emails, everybody } = crowd(300);
    const clock = new ManualClock();
    const reported: string[] = [];
    const { directory } = await openDirectoryOf(
      server.redis,
      people,
      [],
      {
        readSeconds: 0.02,
        operatingFloorSeconds: 0,
        operatingLimitSeconds: 0.05,
        now: clock.nowSeconds,
      },
      {
        onWait: (why) => reported.push(why),
        pauseMs() {
          clock.pass(600_000);
          return 1;
        },
      },
    );
    expect(await directory.usersByEmail(emails)).toEqual(everybody);
    expect(reported[0]).toContain('server time');
  });
});

describe('people cannot be found by e-mail', () => {
  test.each([
    [['sonet_group', 'user_brief'], /user_brief does not show addresses/],
    [['sonet_group', 'socialnetwork'], /lacks the scope user/],
    [[], /lacks the scope user/],
  ])('with the scopes %j, and nobody is asked for', async (scopes, what) => {
    const { directory, portal } = await openDirectoryOf(server.redis, PEOPLE, [], { scopes });
    const problem = await problemOf(directory.usersByEmail(['anna@north.example']));
    expect(problem.message).toMatch(what);
    expect(problem.remedy).toContain('scope user or user_basic');
    expect((await portal.truth()).calls).toEqual({ scope: 1 });
  });

  test.each([['user'], ['user_basic']])('but with the scope %s', async (scope) => {
    const { directory } = await openDirectoryOf(server.redis, PEOPLE, [], { scopes: [scope] });
    const answers = await directory.usersByEmail(['anna@north.example']);
    expect(answers.get('anna@north.example')).toEqual(found(2));
  });

  test('when the portal is held', async () => {
    const { directory, portal } = await openDirectoryOf(server.redis, PEOPLE, []);
    await portal.control('faults', [{ kind: 'auth' }]);
    const problem = await problemOf(directory.usersByEmail(['anna@north.example']));
    expect(problem.message).toContain('refuses the webhook (NO_AUTH_FOUND');
    await portal.control('faults', []);
    const answers = await directory.usersByEmail(['anna@north.example']);
    expect(answers.get('anna@north.example')).toEqual(found(2));
  });

  test('when the portal does not let it ask anything', async () => {
    const { origin } = await startOddServer((response) => {
      json(response, 403, { error: 'ACCESS_DENIED', error_description: 'Only on paid plans' });
    });
    const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
    const problem = await problemOf(openDirectory(client).usersByEmail(['anna@north.example']));
    expect(problem.message).toContain('refuses the webhook (ACCESS_DENIED: Only on paid plans)');
  });

  const stranger = { ID: '7', NAME: 'Eve', LAST_NAME: '', EMAIL: 'eve@else.example', ACTIVE: true };
  const { EMAIL: _, ...hidden } = stranger;
  const reported = /cannot find them/;
  test.each<[string, unknown, RegExp | undefined]>([
    ['tells people without addresses', { result: [hidden], total: 1 }, reported],
    ['tells everybody', { result: [stranger], next: 50, total: 900 }, reported],
    ['tells what is no list of people', { result: { ID: 7 } }, /does not answer as Bitrix24 does/],
    ['does not know the method', { error: 'ERROR_METHOD_NOT_FOUND' }, reported],
    ['denies the method', { error: 'ACCESS_DENIED', error_description: 'no' }, /ACCESS_DENIED: no/],
    ['refuses the call', { error: 'X', error_description: 'no' }, /refuses the webhook \(X: no\)/],
    ['tells a stranger, who is ignored', { result: [stranger], total: 1 }, undefined],
  ])('when a portal that tells no scopes %s', async (_, answer, what) => {
    const { origin } = await startOddServer((response, { url }) => {
      if (url.includes('/scope')) json(response, 404, { error: 'ERROR_METHOD_NOT_FOUND' });
      else json(response, 200, answer);
    });
    const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
    const asked = openDirectory(client).usersByEmail(['anna@north.example', 'b_c@north.example']);
    if (what === undefined) expect((await asked).get('anna@north.example')).toEqual(unknown);
    else expect((await problemOf(asked)).message).toMatch(what);
  });
});

test('nobody is asked about nothing', async () => {
  const { directory, portal } = await openDirectoryOf(server.redis, PEOPLE, []);
  expect(await directory.usersByEmail([])).toEqual(new Map());
  expect((await portal.truth()).requests).toBe(0);
});
