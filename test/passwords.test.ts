import { inspect } from 'node:util';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import type { Config } from '../src/config/config.ts';
import { readConfig } from '../src/config/read-config.ts';
import { Problem } from '../src/domain/errors/problem.ts';
import { maskSecrets, passwordsIn, showAddressOf } from '../src/domain/text/credentials.ts';
import { redisOptions } from '../src/redis/connection.ts';

/** Path without a file. */
const NO_DOTENV = '';
const [BEFORE, AFTER] = ['Zx81', 'qwert'];
const ODD = [
  ...[...' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\u00e9\u20ac\u{1f511}'],
  ...['%zz', '%ff', '%41', '//', '@@', '/@', '://', '?password='],
];

type Form = (credentials: string) => string;

const FORMS: readonly (readonly [name: string, form: Form])[] = [
  ['REDIS_URL', (user) => `redis://${user}@cache:6379/1`],
  ['REDIS_URL', (user) => `redis+sentinel://${user}@a,b/mymaster/0`],
  ['REDIS_URL', (user) => `redis+sentinel://a/mymaster?sentinel_password=${user.slice(3)}`],
  ['LEDGER_URL', (user) => `postgres://${user}@db:5432/invites`],
];

function outcomeOf(environment: Record<string, string>): Config | Problem {
  try {
    return readConfig(environment, NO_DOTENV);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** @returns the password as the connecting client reads it */
function passwordOf({ ledgerUrl, redisUrl }: Config): unknown {
  if (ledgerUrl !== undefined) return new Client({ connectionString: ledgerUrl }).password;
  const options = redisOptions({ kind: 'url', url: redisUrl ?? '' });
  return options.sentinelPassword ?? options.password;
}

function expectNothingOfIt(problem: Problem, name: string): void {
  expect(problem.message).toMatch(new RegExp(`^${name} [a-z]`));
  const shown = inspect(problem, { depth: 9, showHidden: true });
  for (const part of [BEFORE, AFTER]) expect(shown).not.toContain(part);
}

describe('a password in an address', () => {
  test.each(ODD)('with %j is read unchanged, or rejected without showing it', (odd) => {
    const password = `${BEFORE}${odd}${AFTER}`;
    for (const [name, form] of FORMS) {
      const encoded = outcomeOf({ [name]: form(`me:${encodeURIComponent(password)}`) });
      if (encoded instanceof Problem) throw encoded;
      expect(passwordOf(encoded)).toBe(password);
      const plain = outcomeOf({ [name]: form(`me:${password}`) });
      if (plain instanceof Problem) expectNothingOfIt(plain, name);
      else expect([password, decodeURIComponent(password)]).toContain(passwordOf(plain));
    }
    const hook = outcomeOf({ NOTIFY_URL: `https://me:${password}@example.com/hook` });
    if (!(hook instanceof Problem)) throw new Error('It was accepted.');
    expectNothingOfIt(hook, 'NOTIFY_URL');
  });

  test.each([...'/#?@%\\ '])('with %j is rejected with the correct encoding', (odd) => {
    for (const [name, form] of FORMS.filter((_, at) => at !== 2)) {
      const problem = outcomeOf({ [name]: form(`me:${BEFORE}${odd}${AFTER}`) });
      if (!(problem instanceof Problem)) throw new Error(`${name} was accepted.`);
      expect(problem.message).toContain(encodeURIComponent(odd).replace('%5C', 'percent-encoded'));
    }
  });
});

describe('an address', () => {
  test.each([
    ['redis://localhost', 'redis://localhost'],
    ['rediss://ann:secret@host:6380/2?family=6', 'rediss://ann:***@host:6380/2'],
    ['redis://:secret@[::1]:6379', 'redis://:***@[::1]:6379'],
    ['redis://secret@host', 'redis://***@host'],
    ['redis://:sec@ret@host/1', 'redis://:***@host/1'],
    ['redis://:sec/ret@secret#x@host/1', 'redis://:***@host/1'],
    ['redis://sec/ret:x@host/1', 'redis://***@host/1'],
    ['secret', '***'],
    [
      'rediss+sentinel://ann:secret@a:26379,b:26379/mymaster/0?sentinel_password=secret',
      'rediss+sentinel://ann:***@a:26379,b:26379/mymaster/0',
    ],
  ])('%s is shown as %s', (url, shown) => {
    expect(showAddressOf(url)).toBe(shown);
  });

  test('gives its passwords in every spelling', () => {
    expect(passwordsIn('redis://me:a%2Bb@host/0?sentinel_password=c%25')).toEqual([
      ...['a+b', 'a%2Bb', 'c%', 'c%25'],
    ]);
    expect(passwordsIn('redis://host')).toEqual([]);
    expect(passwordsIn('nothing')).toEqual([]);
  });
});

describe('a secret in a text', () => {
  test.each([
    ['no answer within 10 seconds', ['sec'], 'no answer within 10 seconds'],
    ['AUTH sec: wrong', ['sec'], 'AUTH ***: wrong'],
    ['sec', ['sec'], '***'],
    ['"sec","second"', ['sec'], '"***","second"'],
    ['Секунды сек', ['сек'], 'Секунды ***'],
    ['xlong-secrety', ['long-secret'], 'x***y'],
    ['a#1 b', ['#1'], 'a*** b'],
    ['nothing of it', [], 'nothing of it'],
  ])('%j without %j becomes %j', (text, secrets, masked) => {
    expect(maskSecrets(text, secrets)).toBe(masked);
  });
});
