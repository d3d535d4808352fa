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

const found = (id: number): Lookup<UserId> => ({
  ...{ kind: 'found', id: user(id) },
  name: expect.any(String),
});
const unknown: Lookup<UserId> = { kind: 'unknown' };
const HIDDEN = ['profile', 'user.admin'] as const;

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
    ['with a character that is a wildcard for one', 'a_b@north.example', found(4)],
    ['that such a wildcard matches', 'axb@north.example', found(5)],
    ['with a character that is a wildcard for many', '50%off@north.example', found(6)],
    ['that such a wildcard matches too', '50-off@north.example', found(7)],
    ['with an apostrophe and a plus', "o'hara+hr@north.example", found(8)],
    ['in another script', 'Анна@Почта.рф', found(9)],
    ['when dismissed', 'gone@north.example', found(13)],
    ['that resembles a reference to a result', '$result[c0][0][ID]@north.example', found(14)],
    ['but not when no user has it', 'nobody@north.example', unknown],
    ['but not by a wildcard', '%@north.example', unknown],
    ['but not by a wildcard alone', '%', unknown],
    ['but not by a wildcard for one character', 'ann_@north.example', unknown],
    ['but not by many wildcards', '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a', unknown],
    ['but not by an empty address', '', unknown],
    ['but not by blanks', '  ', unknown],
    ['but not by a part of it', 'anna@north', unknown],
    ['but not when it is a bot’s', 'bot@north.example', unknown],
    ['but not when it is an e-mail user’s', 'guest@partner.example', unknown],
    ['but not when it is too long for a column', `${'a'.repeat(5_000)}@north.example`, unknown],
    ['but not when it resembles a query', 'anna@north.example&FILTER[ID]=2#', unknown],
  ])('%s', async (_, email, expected) => {
    const { directory } = await openDirectoryOf(server.redis, PEOPLE, []);
    expect(await directory.usersByEmail([email])).toEqual(new Map([[email, expected]]));
  });

  test('among many others in one call', async () => {
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

describe('several people with one address', () => {
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
    ['mean the active one', [{ ...anna, active: false }, boris], found(3)],
    [
      'are ambiguous when two are active, with the dismissed listed',
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
      'are ambiguous when none is active',
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

  test('do not hide another address, even if there are many', async () => {
    const crowd = Array.from({ length: 1_100 }, () => ({ email: 'team@north.example' }));
    const last = { email: 'last@north.example' };
    const { directory } = await openDirectoryOf(server.redis, [...crowd, last], []);
    const answers = await directory.usersByEmail(['team@north.example', 'last@north.example']);
    expect(answers.get('team@north.example')?.kind).toBe('ambiguous');
    expect(answers.get('last@north.example')).toEqual(found(1_102));
  });
});

describe('many addresses', () => {
  /** This many people, each with an address. */
  function crowd(size: number) {
    const people = Array.from({ length: size }, (_, i) => ({ email: `p${i}@north.example` }));
    const emails = people.map(({ email }) => email);
    const everyone = emails.map((email, i): [string, Lookup<UserId>] => [email, found(i + 2)]);
    return { people, emails, everyone: new Map(everyone) };
  }

  test('take one request for every 2,500, and none for cached ones', async () => {
    const { people, emails, everyone } = crowd(2_600);
    const { directory, portal } = await openDirectoryOf(server.redis, people, []);
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
    const { requests, calls } = await portal.truth();
    expect({ requests, calls }).toMatchObject({
      // One reads who the webhook is, and its scopes.
      requests: 3,
      calls: { batch: 3, 'user.get': 52 },
    });
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
    expect((await portal.truth()).requests).toBe(3);
  });

  test('are found correctly when fewer are cached', async () => {
    const { people, emails, everyone } = crowd(300);
    const few = { cached: 100 };
    const { directory, portal } = await openDirectoryOf(server.redis, people, [], {}, few);
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
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
  ])('are found despite %s', async (_, faults) => {
    const { people, emails, everyone } = crowd(300);
    const { directory, portal } = await openDirectoryOf(server.redis, people, []);
    await portal.control('faults', faults);
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
  });

  test('are found when a request takes too long', async () => {
    const { people, emails, everyone } = crowd(400);
    const sandbox = { readSeconds: 0.06 };
    const options = { timeoutMs: 400 };
    const { directory } = await openDirectoryOf(server.redis, people, [], sandbox, options);
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
  });

  test('are found when the method uses up its seconds, and the wait is reported', async () => {
    const { people, emails, everyone } = crowd(300);
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
    expect(await directory.usersByEmail(emails)).toEqual(everyone);
    expect(reported[0]).toContain('server time');
  });
});

describe('people cannot be found by e-mail', () => {
  test.each([
    [['sonet_group', 'user_brief'], /user_brief does not show addresses/],
    [['sonet_group', 'socialnetwork'], /lacks the scope user/],
    [[], /lacks the scope user/],
  ])('with the scopes %j, and no user is requested', async (scopes, what) => {
    const { directory, portal } = await openDirectoryOf(server.redis, PEOPLE, [], { scopes });
    const problem = await problemOf(directory.usersByEmail(['anna@north.example']));
    expect(problem.message).toMatch(what);
    expect(problem.remedy).toContain('scope user or user_basic');
    expect((await portal.truth()).calls).not.toHaveProperty('user.get');
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

  test('when the portal refuses every request', async () => {
    const { origin } = await startOddServer((response) => {
      json(response, 403, { error: 'ACCESS_DENIED', error_description: 'Only on paid plans' });
    });
    const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
    const problem = await problemOf(openDirectory(client).usersByEmail(['anna@north.example']));
    expect(problem.message).toContain('refuses the webhook (ACCESS_DENIED: Only on paid plans)');
  });

  const stranger = { ID: '7', NAME: 'Eve', LAST_NAME: '', EMAIL: 'eve@else.example', ACTIVE: true };
  const { EMAIL: _, ...hidden } = stranger;
  const reported = /cannot look them up/;
  test.each<[string, unknown, RegExp | undefined]>([
    ['returns people without addresses', { result: [hidden], total: 1 }, reported],
    ['returns all people', { result: [stranger], next: 50, total: 900 }, reported],
    [
      'returns something other than a list of people',
      { result: { ID: 7 } },
      /does not answer like Bitrix24/,
    ],
    ['does not have the method', { error: 'ERROR_METHOD_NOT_FOUND' }, reported],
    ['denies the method', { error: 'ACCESS_DENIED', error_description: 'no' }, /ACCESS_DENIED: no/],
    ['refuses the call', { error: 'X', error_description: 'no' }, /refuses the webhook \(X: no\)/],
    ['returns a stranger, who is ignored', { result: [stranger], total: 1 }, undefined],
  ])('when a portal that reports no scopes %s', async (_, answer, what) => {
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

test('an empty list of addresses sends no request', async () => {
  const { directory, portal } = await openDirectoryOf(server.redis, PEOPLE, []);
  expect(await directory.usersByEmail([])).toEqual(new Map());
  expect((await portal.truth()).requests).toBe(0);
});

test.each([
  ['an administrator', { isAdmin: true }, found(2)],
  ['no one else', { isAdmin: false }, unknown],
  [
    'an administrator, even if the portal does not say so',
    { isAdmin: true, absent: HIDDEN },
    found(2),
  ],
])('extranet users are found by %s', async (_, sandbox, lookup) => {
  const people = [{ email: 'guest@north.example', kind: 'extranet' as const }];
  const { directory } = await openDirectoryOf(server.redis, people, [], sandbox);
  const emails = await directory.usersByEmail(['guest@north.example']);
  expect(emails.get('guest@north.example')).toEqual(lookup);
});
