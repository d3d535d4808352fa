import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { parseDotenv } from '../../src/config/parse-dotenv.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { Problem } from '../../src/domain/errors/problem.ts';
import { anyText } from '../support/any-text.ts';

const WEBHOOK = 'https://example.bitrix24.com/rest/1/s3cr3tC0de/';

const messageIn = (text: string): string | undefined =>
  parseDotenv(text, '.env', (name) => name === 'MESSAGE').values.MESSAGE;

describe('a value in .env', () => {
  test.each([
    ['plain', 'MESSAGE=Welcome aboard', 'Welcome aboard'],
    ['with blanks around', '  MESSAGE = Welcome  ', 'Welcome'],
    ['exported', 'export MESSAGE=Welcome', 'Welcome'],
    ['with line breaks of Windows', 'OTHER=1\r\nMESSAGE=Welcome\r\nMORE=2', 'Welcome'],
    ['with line breaks of an old Macintosh', 'OTHER=1\rMESSAGE=Welcome\rMORE=2', 'Welcome'],
    ['with # in a word', 'MESSAGE=team#1 and a#b', 'team#1 and a#b'],
    ['that begins with #', 'MESSAGE=#1 team', '#1 team'],
    ['before a comment', 'MESSAGE=Welcome # greeting', 'Welcome'],
    ['before a comment after a tab', 'MESSAGE=Welcome\t# greeting', 'Welcome'],
    ['that is only a comment', 'MESSAGE= # greeting', ''],
    ['that is only a comment without a blank', 'MESSAGE=# greeting', ''],
    ['with = in it', 'MESSAGE=a=b', 'a=b'],
    ['with quotes inside', 'MESSAGE=the "new" team', 'the "new" team'],
    ['in double quotes', 'MESSAGE="Welcome to team #1, see you"', 'Welcome to team #1, see you'],
    ['in single quotes', "MESSAGE='Welcome to team #1' # greeting", 'Welcome to team #1'],
    ['in back quotes', 'MESSAGE=`it\'s "new"`', 'it\'s "new"'],
    ['in double quotes with a line break', 'MESSAGE="one\\ntwo"', 'one\ntwo'],
    ['in single quotes without a line break', "MESSAGE='one\\ntwo'", 'one\\ntwo'],
    ['with escaped quotes', 'MESSAGE="the \\"new\\" team"', 'the "new" team'],
    ['that ends with a backslash', 'MESSAGE="C:\\data\\"', 'C:\\data\\'],
    ['over several lines', 'MESSAGE="one\r\n#two"\r\nOTHER=1', 'one\n#two'],
    ['with typographic quotes inside', 'MESSAGE=Join «Sales» today', 'Join «Sales» today'],
    ['with typographic quotes in straight ones', 'MESSAGE="“Hi”"', '“Hi”'],
    ['that is empty', 'MESSAGE=', ''],
    ['that is empty in quotes', 'MESSAGE=""', ''],
    ['in a comment', '#MESSAGE=Welcome', undefined],
    ['that is set twice', 'MESSAGE=one\nMESSAGE=two', 'two'],
    ['that the shell exports later', 'MESSAGE=one\nexport MESSAGE', 'one'],
  ])('%s', (_, text, value) => {
    expect(messageIn(text)).toBe(value);
  });

  const OTHER_FORM = 'is not written as NAME=value.';

  test.each([
    ['MESSAGE: Welcome', OTHER_FORM],
    ['MESSAGE Welcome', OTHER_FORM],
    ['set MESSAGE=Welcome', OTHER_FORM],
    ["$env:MESSAGE = 'Welcome'", OTHER_FORM],
    ['MESSAGE="Welcome', 'begins with a quote that is not closed.'],
    ["MESSAGE='tis the season", 'begins with a quote that is not closed.'],
    ['MESSAGE="Welcome" to all', 'has text after its closing quote.'],
    ['MESSAGE="Welcome\nADMIN_TOKEN="x"', 'has text after its closing quote.'],
    ['MESSAGE=“Welcome aboard”', 'is in typographic quotes.'],
    ['MESSAGE=«Привет»', 'is in typographic quotes.'],
    ['MESSAGE=‘Welcome’ # greeting', 'is in typographic quotes.'],
  ])('rejects %s with file, line and name', (text, what) => {
    const source = `OTHER="a\nb"\n\n${text}\n`;
    expect(() => messageIn(source)).toThrow(`.env, line 4: MESSAGE ${what}`);
    expect(parseDotenv(source, '.env', () => false).values.OTHER).toBe('a\nb');
  });
});

test.each([
  ['“https://p.example/rest/1/x/”', '“https://p.example/rest/1/x/”'],
  ['«https://p.example/rest/1/x/» # ours', '«https://p.example/rest/1/x/»'],
])('a webhook can be in typographic quotes: %s', (text, value) => {
  const { values } = parseDotenv(`BITRIX24_WEBHOOK_URL=${text}`, '.env', () => true);
  expect(values.BITRIX24_WEBHOOK_URL).toBe(value);
});

test('no message about a line of .env contains the webhook’s code', () => {
  const code = 's3cr3tC0de';
  const around = fc.constantFrom('', '"', "'", '“', '”', '«', '»', ' ', '#', ' # ', ',', ';', '\n');
  const name = fc.constantFrom('BITRIX24_WEBHOOK_URL=', 'BITRIX24_WEBHOOK_URL: ', 'set MESSAGE ');
  const home = mkdtempSync(join(tmpdir(), 'dotenv-'));
  const path = join(home, '.env');
  fc.assert(
    fc.property(name, around, around, anyText, (begin, before, after, text) => {
      writeFileSync(path, `${begin}${before}https://p.example/rest/1/${code}/${after}${text}`);
      try {
        const config = readConfig({}, path);
        expect(inspect(config, { depth: 9, showHidden: true })).not.toContain(code);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(code);
      }
    }),
  );
  rmSync(home, { recursive: true });
});

describe('the file .env', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dotenv-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function read(content: string | Uint8Array, environment: Record<string, string> = {}): Config {
    writeFileSync(join(home, '.env'), content);
    return readConfig(environment, join(home, '.env'));
  }

  function problemOf(...input: Parameters<typeof read>): Problem {
    try {
      read(...input);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error('no problem');
  }

  const lines = `BITRIX24_WEBHOOK_URL=${WEBHOOK}\r\nMESSAGE=Добро пожаловать\r\n`;
  const bigEndian = Buffer.from(`\ufeff${lines}`, 'utf16le').swap16();

  test.each([
    ['UTF-8', lines],
    ['UTF-8 with a byte order mark', `\ufeff${lines}`],
    ['UTF-16', Buffer.from(`\ufeff${lines}`, 'utf16le')],
    ['big-endian UTF-16', bigEndian],
  ])('can be in %s', (_, content) => {
    const { webhook, message } = read(content);
    expect(webhook?.methodUrl('scope')).toBe(`${WEBHOOK}scope.json`);
    expect(message).toBe('Добро пожаловать');
  });

  test.each([
    ['UTF-16 without a mark', Buffer.from(lines, 'utf16le')],
    ['windows-1251', Buffer.from([...Buffer.from('MESSAGE='), 0xcf, 0xf0, 0xe8])],
  ])('in %s is rejected', (_, content) => {
    const { message, remedy } = problemOf(content);
    expect(message).toBe(`${join(home, '.env')} is not in UTF-8.`);
    expect(remedy).toBe('Save it as UTF-8.');
  });

  test.each([
    ['UTF-8 with a byte order mark', '\ufeffWelcome!\r\n', 'Welcome!'],
    ['UTF-16', Buffer.from('\ufeffПривет\r\n', 'utf16le'), 'Привет'],
  ])('can name a file in %s', (_, content, message) => {
    writeFileSync(join(home, 'message'), content);
    expect(read(`MESSAGE_FILE=${join(home, 'message')}`).message).toBe(message);
  });

  test('keeps # in a token', () => {
    const token = 'abc#efghijklmnop#qrstuvwxyz';
    const { adminToken } = read(`ADMIN_TOKEN=${token}\n`);
    expect(adminToken?.matches(token)).toBe(true);
  });

  test.each([
    'BITRIX24_WEBHOOK_URL',
    'LEDGER_URL',
    'REDIS_URL',
    'ADMIN_TOKEN',
    'VIEWER_TOKEN',
    'NOTIFY_URL',
    'NOTIFY_SECRET',
  ])('never cuts %s at #', (name) => {
    const problem = problemOf(`\n${name}=s3cr3t-s3cr3t-s3cr3t #p4ssw0rd\n`);
    const where = `${join(home, '.env')}, line 2`;
    expect(problem.message).toBe(
      `${where}: ${name} ends before #, which may be part of the value.`,
    );
    expect(inspect(problem, { depth: 9, showHidden: true })).not.toMatch(/s3cr3t|p4ssw0rd/);
  });

  test('warns about a text that ends before a comment, unless it is overridden', () => {
    const text = 'CONCURRENCY=2 # slowly\nMESSAGE=Welcome to team #1, see you\n';
    const { message, concurrency, warnings } = read(text);
    expect([message, concurrency]).toEqual(['Welcome to team', 2]);
    expect(warnings).toEqual([
      `${join(home, '.env')}, line 2: MESSAGE ends before #, which starts a comment. Put the value in quotes to keep the rest, or put the comment on its own line.`,
    ]);
    expect(read(text, { MESSAGE: 'Hi' }).warnings).toEqual([]);
  });

  test('does not matter when the environment overrides it', () => {
    expect(read('MESSAGE="Welcome', { MESSAGE: 'Hi' }).message).toBe('Hi');
  });
});
