import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { readConfig, requireWebhook } from '../../src/config/read-config.ts';
import { SETTINGS, spellings } from '../../src/config/settings-schema.ts';
import { Problem } from '../../src/domain/errors/problem.ts';
import { NOT_ENCODED } from '../../src/domain/text/credentials.ts';
import { Webhook } from '../../src/portal/http/webhook.ts';
import { selfSigned } from '../portal/certificate.ts';

const CODE = 's3cr3tC0de';
const SECRET = 'correct-horse-battery';
const HOOK = `https://example.com/hooks/${CODE}`;
const WEBHOOK = `https://example.bitrix24.com/rest/1/${CODE}/`;

let home: string;
let dotenv: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'config-'));
  dotenv = join(home, '.env');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** Reads the configuration from this environment, and from `.env` if the test wrote one. */
const read = (environment: Record<string, string> = {}): Config => readConfig(environment, dotenv);

/** @returns the problem with this environment */
function problemOf(environment: Record<string, string>): Problem {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem');
}

/** Writes a file into the test's folder and @returns its path. */
function file(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

const DEFAULTS = {
  webhook: undefined,
  requestsPerSecond: undefined,
  burst: undefined,
  operatingLimitSeconds: undefined,
  operatingWindowSeconds: 600,
  requestTimeoutMs: 65_000,
  concurrency: 4,
  maxAttempts: 20,
  remindEveryDays: 7,
  quietHours: undefined,
  maxUploadBytes: 1_073_741_824,
  pairLimits: { most: 50_000_000, perByte: 10 },
  message: undefined,
  dataDir: './data',
  ledgerUrl: undefined,
  redisUrl: undefined,
  host: '127.0.0.1',
  port: 3_000,
  basePath: '',
  trustProxy: undefined,
  hstsSubdomains: false,
  metricsPort: undefined,
  adminToken: undefined,
  viewerToken: undefined,
  notifyUrl: undefined,
  notifySecret: undefined,
  tracing: undefined,
  proxies: { https: undefined, http: undefined, exempt: '' },
  authorities: [],
  authoritiesFile: undefined,
  logLevel: 'info',
  logLevelGiven: false,
  warnings: [],
} as const satisfies Config;

describe('a setting', () => {
  test('without a value has its default', () => {
    expect(read()).toEqual(DEFAULTS);
  });

  test.each<[string, string, Partial<Config>]>([
    ['BITRIX24_REQUESTS_PER_SECOND', '5', { requestsPerSecond: 5 }],
    ['BITRIX24_REQUESTS_PER_SECOND', '0.5', { requestsPerSecond: 0.5 }],
    ['BITRIX24_REQUESTS_PER_SECOND', '0.01', { requestsPerSecond: 0.01 }],
    ['BITRIX24_REQUESTS_PER_SECOND', '10000', { requestsPerSecond: 10_000 }],
    ['BITRIX24_BURST', '250', { burst: 250 }],
    ['BITRIX24_BURST', '1', { burst: 1 }],
    ['BITRIX24_BURST', '100000', { burst: 100_000 }],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '0.1', { requestTimeoutMs: 100 }],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '2.5', { requestTimeoutMs: 2_500 }],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '600', { requestTimeoutMs: 600_000 }],
    ['CONCURRENCY', '1', { concurrency: 1 }],
    ['CONCURRENCY', '100', { concurrency: 100 }],
    ['MAX_ATTEMPTS', '1', { maxAttempts: 1 }],
    ['MAX_ATTEMPTS', '1000', { maxAttempts: 1_000 }],
    ['MESSAGE', 'Добро пожаловать! 🎉', { message: 'Добро пожаловать! 🎉' }],
    ['MESSAGE', '0', { message: '0' }],
    ['DATA_DIR', '/var/lib/bulk-invite', { dataDir: '/var/lib/bulk-invite' }],
    ['REDIS_URL', 'redis://:p@cache:6379/1', { redisUrl: 'redis://:p@cache:6379/1' }],
    [
      'LEDGER_URL',
      'postgres://me:a%40b@db:5432/invites?sslmode=verify-full',
      { ledgerUrl: 'postgres://me:a%40b@db:5432/invites?sslmode=verify-full' },
    ],
    ['LEDGER_URL', 'postgresql://db/invites', { ledgerUrl: 'postgresql://db/invites' }],
    [
      'LEDGER_URL',
      'postgres://me:pw@/invites?host=/run/postgresql',
      { ledgerUrl: 'postgres://me:pw@/invites?host=/run/postgresql' },
    ],
    ['REDIS_URL', 'rediss://cache', { redisUrl: 'rediss://cache' }],
    [
      'REDIS_URL',
      'redis+sentinel://:p@a,b:26380/mymaster',
      { redisUrl: 'redis+sentinel://:p@a,b:26380/mymaster' },
    ],
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['BASE_PATH', '/bulk-invite', { basePath: '/bulk-invite' }],
    ['BASE_PATH', '/tools/v1.2/~hr_', { basePath: '/tools/v1.2/~hr_' }],
    ['MAX_PAIRS', '1', { pairLimits: { most: 1, perByte: 10 } }],
    ['MAX_PAIRS_PER_BYTE', '0.5', { pairLimits: { most: 50_000_000, perByte: 0.5 } }],
    ['HSTS_SUBDOMAINS', 'true', { hstsSubdomains: true }],
    ['HSTS_SUBDOMAINS', 'false', { hstsSubdomains: false }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['TRUST_PROXY', 'loopback', { trustProxy: ['loopback'] }],
    [
      'TRUST_PROXY',
      '10.0.0.7, 172.16.0.0/12,fd00::/8 , ::1',
      { trustProxy: ['10.0.0.7', '172.16.0.0/12', 'fd00::/8', '::1'] },
    ],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent', logLevelGiven: true }],
    ['LOG_LEVEL', 'info', { logLevel: 'info', logLevelGiven: true }],
  ])('%s can be %s', (name, value, expected) => {
    expect(read({ [name]: value })).toEqual({ ...DEFAULTS, ...expected });
  });

  test.each(['ADMIN_TOKEN', 'VIEWER_TOKEN'] as const)('%s becomes a token', (name) => {
    const config = read({ [name]: SECRET });
    const token = name === 'ADMIN_TOKEN' ? config.adminToken : config.viewerToken;
    expect(token?.matches(SECRET)).toBe(true);
    expect(token?.matches(`${SECRET}x`)).toBe(false);
    expect(token?.matches('')).toBe(false);
    expect(inspect(config, { depth: 9, showHidden: true })).not.toContain(SECRET);
    expect(JSON.stringify(config)).not.toContain(SECRET);
  });

  test('NOTIFY_URL and NOTIFY_SECRET are stored and not shown', () => {
    const config = read({ NOTIFY_URL: HOOK, NOTIFY_SECRET: SECRET });
    expect([config.notifyUrl?.reveal(), config.notifySecret?.reveal()]).toEqual([HOOK, SECRET]);
    const shown = inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config);
    for (const word of [CODE, SECRET]) expect(shown).not.toContain(word);
  });

  test.each<[Record<string, string>, Config['tracing']]>([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, { ratio: 1 }],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, { ratio: 1 }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_SDK_DISABLED: 'true' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_TRACES_EXPORTER: 'none' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_TRACES_SAMPLER: 'always_off' }, undefined],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
      },
      { ratio: 0.25 },
    ],
    [{ OTEL_SERVICE_NAME: 'invites' }, undefined],
  ])('of OpenTelemetry, %o, means %o', (environment, tracing) => {
    expect(read(environment).tracing).toEqual(tracing);
  });

  const PROXY = 'http://ann:s3cr3tC0de@proxy:3128';
  test.each<[Record<string, string>, dotenv: string, hosts: (string | undefined)[]]>([
    [{ HTTPS_PROXY: PROXY }, '', ['proxy:3128', undefined]],
    [{ HTTP_PROXY: PROXY }, '', [undefined, 'proxy:3128']],
    [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, '', ['proxy:3128', undefined]],
    [{ https_proxy: '', HTTPS_PROXY: 'http://other' }, '', ['other', undefined]],
    [{ HTTPS_PROXY: 'ann:s3cr3tC0de@proxy:3128' }, '', ['proxy:3128', undefined]],
    [{ HTTPS_PROXY: 'https://proxy' }, '', ['proxy', undefined]],
    [{}, `HTTPS_PROXY=${PROXY}\nhttp_proxy=http://other:81\n`, ['proxy:3128', 'other:81']],
    [{ HTTPS_PROXY: 'http://other' }, `https_proxy=${PROXY}\n`, ['other', undefined]],
    // Without a portal, or with one on this machine, nothing needs it.
    [{ HTTPS_PROXY: 'socks5://proxy:1080' }, '', [undefined, undefined]],
  ])('of a proxy, %o and .env with %j, names %o', (environment, text, hosts) => {
    const config = readConfig(environment, file('.env', text));
    expect([config.proxies.https?.host, config.proxies.http?.host]).toEqual(hosts);
    const shown = inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config);
    expect(shown).not.toContain(CODE);
  });

  test.each([
    ['socks5://proxy:1080', {}],
    ['http://ann:s3cr3tC0de/@proxy:3128', {}],
    ['http://', {}],
    ['socks5://proxy:1080', { BITRIX24_WEBHOOK_URL: '', NOTIFY_URL: 'https://hook.example' }],
  ])('of a proxy, HTTPS_PROXY=%s, is refused where a request needs it', (HTTPS_PROXY, more) => {
    const settings = { BITRIX24_WEBHOOK_URL: WEBHOOK, HTTPS_PROXY, ...more };
    const { message } = problemOf(settings);
    expect(message).toContain('HTTPS_PROXY must look like http://HOST:3128');
    expect(message).not.toContain(CODE);
    const hosts = 'bitrix24.com, hook.example';
    expect(read({ ...settings, no_proxy: hosts }).proxies.https).toBeUndefined();
  });

  test('NODE_EXTRA_CA_CERTS is read from .env; Node.js reads it from the environment', () => {
    const { cert } = selfSigned();
    const path = file('ca.pem', `A company\n${cert}${cert}`);
    const below = file('.env', `NODE_EXTRA_CA_CERTS=${path}\n`);
    expect(readConfig({}, below).authorities).toEqual([cert.trim(), cert.trim()]);
    expect(readConfig({ NODE_EXTRA_CA_CERTS: '/none' }, below).authorities).toEqual([]);
    const hidden = readConfig({ NODE_EXTRA_CA_CERTS: '/none' }, below);
    expect(hidden.authoritiesFile).toBe(path);
    for (const content of ['no certificate', Buffer.from([0x30, 0x82, 0, 255])]) {
      writeFileSync(path, content);
      expect(() => readConfig({}, below)).toThrow(/ca\.pem, which has no certificate in PEM/);
    }
    rmSync(path);
    expect(() => readConfig({}, below)).toThrow(/NODE_EXTRA_CA_CERTS names .*ca\.pem, which/);
  });

  test('BITRIX24_WEBHOOK_URL becomes a webhook', () => {
    const { webhook } = read({ BITRIX24_WEBHOOK_URL: WEBHOOK });
    expect(webhook).toBeInstanceOf(Webhook);
    expect(webhook?.portal).toBe('example.bitrix24.com');
    expect(webhook?.methodUrl('scope')).toBe(`${WEBHOOK}scope.json`);
  });

  test('with an empty value counts as not set', () => {
    expect(read(Object.fromEntries(SETTINGS.map((name) => [name, ''])))).toEqual(DEFAULTS);
    expect(read(Object.fromEntries(SETTINGS.map((name) => [`${name}_FILE`, ''])))).toEqual(
      DEFAULTS,
    );
  });

  test('comes from the environment of the process by default', () => {
    for (const name of SETTINGS.flatMap(spellings)) vi.stubEnv(name, undefined);
    vi.stubEnv('CONCURRENCY', '7');
    expect(readConfig(undefined, dotenv)).toEqual({ ...DEFAULTS, concurrency: 7 });
  });

  // A timer accepts whole milliseconds only, and 65.1 * 1000 is no whole number.
  test.each(['65.1', '64.1', '0.1234'])(
    'BITRIX24_REQUEST_TIMEOUT_SECONDS=%s is usable as a timeout',
    (value) => {
      const { requestTimeoutMs } = read({ BITRIX24_REQUEST_TIMEOUT_SECONDS: value });
      expect(() => AbortSignal.timeout(requestTimeoutMs)).not.toThrow();
    },
  );
});

describe('a bad value', () => {
  const RATE = 'must be a number from 0.01 to 10000';
  const BURST = 'must be a whole number from 1 to 100000';
  const TIMEOUT = 'must be a number from 0.1 to 600';
  const CONCURRENCY = 'must be a whole number from 1 to 100';
  const ATTEMPTS = 'must be a whole number from 1 to 1000';
  const REDIS =
    'must look like redis://HOST:6379/0, rediss:// for TLS, or redis+sentinel://HOST1:26379,HOST2:26379/mymaster/0';
  const SENTINELS =
    'it must look like redis+sentinel://user:password@host1:26379,host2:26379/mymaster/0?sentinel_password=…';
  const LEDGER =
    'must look like postgres://USER:PASSWORD@HOST:5432/DATABASE, special characters as %40';
  const SHORT = 'must have at least 16 characters; try: openssl rand -hex 24';
  const BLANKS = 'must consist of letters, digits and punctuation, without spaces';
  const LEVEL = 'must be one of fatal, error, warn, info, debug, trace, silent';
  const PATH =
    'must look like /bulk-invite: a slash at the start and none at the end, then letters, digits, ., -, _ and ~. Leave it empty if the page is at the root of its host';
  const PROXIES =
    'must list addresses or networks of proxies, such as 10.0.0.7,172.16.0.0/12, or loopback, linklocal, uniquelocal';
  const ADDRESS =
    'must look like https://example.com/hook, without user name and password; write an @ after the host as %40';
  const EXAMPLE = 'it looks like https://example.bitrix24.com/rest/1/CODE/';

  test.each([
    ['TRUST_PROXY', 'true', PROXIES],
    ['TRUST_PROXY', '1', PROXIES],
    ['TRUST_PROXY', '0.0.0.0/0', PROXIES],
    ['TRUST_PROXY', '10.0.0.0/33', PROXIES],
    ['TRUST_PROXY', '10.0.0.0/8/8', PROXIES],
    ['TRUST_PROXY', '10.0.0.7,', PROXIES],
    ['TRUST_PROXY', 'proxy.example.com', PROXIES],
    ...['/', 'invite', '/invite/', '/a//b', '/a/../b', '/a b', '/a?b', '/a%20b'].map((path) => [
      ...['BASE_PATH', path, PATH],
    ]),
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['ADMIN_TOKEN', 'short', SHORT],
    ['VIEWER_TOKEN', 'fifteen-letters', SHORT],
    ['ADMIN_TOKEN', 'with blanks between words', BLANKS],
    ['BITRIX24_REQUESTS_PER_SECOND', 'two', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', '2,5', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', '0', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', '0.009', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', '10001', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', 'Infinity', RATE],
    ['BITRIX24_REQUESTS_PER_SECOND', 'NaN', RATE],
    ['BITRIX24_BURST', '0', BURST],
    ['BITRIX24_BURST', '-50', BURST],
    ['BITRIX24_BURST', '49.5', BURST],
    ['BITRIX24_BURST', '100001', BURST],
    ['BITRIX24_BURST', ' ', BURST],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '0.05', TIMEOUT],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '601', TIMEOUT],
    ['BITRIX24_REQUEST_TIMEOUT_SECONDS', '65s', TIMEOUT],
    ['NOTIFY_SECRET', 'short', SHORT],
    ['NOTIFY_URL', 'example.com/hook', ADDRESS],
    ['NOTIFY_URL', 'ftp://example.com/hook', ADDRESS],
    ['NOTIFY_URL', `https://me:${CODE}@example.com/hook`, ADDRESS],
    ['CONCURRENCY', '0', CONCURRENCY],
    ['CONCURRENCY', '101', CONCURRENCY],
    ['CONCURRENCY', '1.5', CONCURRENCY],
    [
      'QUIET_HOURS',
      '20:00-08:00 Mars/Base',
      'names no known time zone: Mars/Base; it looks like Europe/Berlin or UTC',
    ],
    ['MAX_ATTEMPTS', '0', ATTEMPTS],
    ['MAX_ATTEMPTS', '1001', ATTEMPTS],
    ['LEDGER_URL', 'localhost:5432', LEDGER],
    ['LEDGER_URL', 'mysql://db/invites', LEDGER],
    ['LEDGER_URL', './data/ledger.db', LEDGER],
    ['LEDGER_URL', 'postgres://', LEDGER],
    ['LEDGER_URL', 'postgres://db:port/invites', LEDGER],
    ['LEDGER_URL', 'postgres://me:100%@db/invites', NOT_ENCODED],
    ['LEDGER_URL', 'postgres://u:p@ss/w@db/invites', NOT_ENCODED],
    ['REDIS_URL', 'redis://:p@ssw/o+rd=1@127.0.0.1:6379/0', NOT_ENCODED],
    ['REDIS_URL', 'redis://:sec%ret@cache', NOT_ENCODED],
    ['REDIS_URL', 'redis+sentinel://:p#w@a/mymaster', NOT_ENCODED],
    ['NOTIFY_URL', 'https://example.com/@me/hook', ADDRESS],
    ['REDIS_URL', 'localhost:6379', REDIS],
    ['REDIS_URL', 'http://localhost:6379', REDIS],
    ['REDIS_URL', 'redis://', REDIS],
    ['REDIS_URL', 'redis:///0', REDIS],
    [
      'REDIS_URL',
      'redis+sentinel://a:26379',
      `names no Sentinels, or no master after them; ${SENTINELS}`,
    ],
    [
      'REDIS_URL',
      'redis+sentinel://a:port/mymaster',
      `has a Sentinel that is not HOST:PORT; ${SENTINELS}`,
    ],
    ['LOG_LEVEL', 'verbose', LEVEL],
    ['LOG_LEVEL', 'INFO', LEVEL],
    ['BITRIX24_WEBHOOK_URL', 'example.bitrix24.com', `is not a URL; ${EXAMPLE}`],
    [
      'BITRIX24_WEBHOOK_URL',
      'https://example.bitrix24.com/company/',
      `has another form than …/rest/USER/CODE/; ${EXAMPLE}`,
    ],
  ])('%s=%s is named with a valid form', (name, value, right) => {
    const problem = problemOf({ [name]: value });
    expect(problem.message).toBe(`${name} ${right}`);
    expect(problem.remedy).toContain('.env');
  });

  const EARLY =
    'BITRIX24_REQUEST_TIMEOUT_SECONDS must be at least 60: the portal can work on a request for that long, and a request given up earlier could be sent twice';

  test.each([
    [WEBHOOK, '59.9', EARLY],
    [WEBHOOK, '0.1', EARLY],
    [WEBHOOK, '60', undefined],
    ['http://127.0.0.1:4400/rest/1/secret/', '2', undefined],
    ['https://localhost/rest/1/secret/', '2', undefined],
    ['http://[::1]:4400/rest/1/secret/', '2', undefined],
    ['https://127.example.com/rest/1/secret/', '2', EARLY],
  ])('for a portal at %s does not time requests out after %s s: %s', (portal, seconds, message) => {
    const environment = {
      ...{ BITRIX24_WEBHOOK_URL: portal, BITRIX24_REQUEST_TIMEOUT_SECONDS: seconds },
    };
    if (message === undefined) expect(read(environment).webhook?.portal).toBeDefined();
    else expect(problemOf(environment).message).toBe(message);
  });

  test('does not hide other bad values', () => {
    const problem = problemOf({
      BITRIX24_WEBHOOK_URL: 'x',
      BITRIX24_BURST: 'many',
      CONCURRENCY: '3',
      LOG_LEVEL: 'loud',
    });
    expect(problem.message.split('\n')).toEqual([
      `BITRIX24_WEBHOOK_URL is not a URL; ${EXAMPLE}`,
      `BITRIX24_BURST ${BURST}`,
      `LOG_LEVEL ${LEVEL}`,
    ]);
  });

  test.each([
    ['BITRIX24_WEBHOOK_URL', `http://example.bitrix24.com/rest/1/${CODE}/`],
    ['BITRIX24_WEBHOOK_URL', `https://example.bitrix24.com/rest/1/${CODE}/user/get.json`],
    ['BITRIX24_WEBHOOK_URL', `https://${CODE}@example.bitrix24.com/rest/1/x/`],
    ['BITRIX24_WEBHOOK_URL', CODE],
    ['LEDGER_URL', `mysql://me:${CODE}@db/invites`],
    ['LEDGER_URL', `postgres://me:${CODE}%@db/invites`],
    ['LEDGER_URL', CODE],
    ['REDIS_URL', `http://:${CODE}@cache:6379`],
    ['REDIS_URL', CODE],
    ['REDIS_URL', `redis+sentinel://:${CODE}@a`],
    ['REDIS_URL', `redis+sentinel://a/mymaster?sentinel_password=${CODE}&x=1`],
  ])('%s=%s is not shown because it may be a secret', (name, value) => {
    for (const environment of [{ [name]: value }, { [`${name}_FILE`]: file('secret', value) }]) {
      const problem = problemOf(environment);
      expect(problem.message).toContain(name);
      expect(inspect(problem, { depth: 9, showHidden: true })).not.toContain(CODE);
    }
  });
});

describe('a setting from a file', () => {
  test.each([
    ['without a line break', 'Welcome!', 'Welcome!'],
    ['with a line break at its end', 'Welcome!\n', 'Welcome!'],
    ['with the line break of Windows', 'Welcome!\r\n', 'Welcome!'],
    ['with several lines', 'Welcome!\n\nYour team\n', 'Welcome!\n\nYour team'],
    ['with blanks', '  Welcome! ', '  Welcome! '],
    ['that is empty', '', undefined],
    ['with only a line break', '\n', undefined],
  ])('%s', (_, text, message) => {
    expect(read({ MESSAGE_FILE: file('message', text) }).message).toBe(message);
  });

  // Node.js has read it from the environment, so only its value in a file or in .env matters.
  const shown = SETTINGS.filter((name) => name !== 'NODE_EXTRA_CA_CERTS');
  test.each(shown)('can be %s', (name) => {
    const values: Record<string, string> = {
      BITRIX24_WEBHOOK_URL: WEBHOOK,
      LEDGER_URL: 'postgres://me:p@db/invites',
      REDIS_URL: 'redis://:p@cache:6379/1',
      LOG_LEVEL: 'debug',
      BASE_PATH: '/bulk-invite',
      TRUST_PROXY: 'loopback',
      HSTS_SUBDOMAINS: 'true',
      ADMIN_TOKEN: SECRET,
      VIEWER_TOKEN: SECRET,
      NOTIFY_URL: HOOK,
      NOTIFY_SECRET: SECRET,
      QUIET_HOURS: '20:00-08:00 Europe/Berlin',
    };
    const value = values[name] ?? '17';
    const config = read({ [`${name}_FILE`]: file('secret', `${value}\n`) });
    expect(config).toEqual(read({ [name]: value }));
    expect(config).not.toEqual(DEFAULTS);
  });

  test('that cannot be read is named', () => {
    const path = join(home, 'nothing');
    const problem = problemOf({ BITRIX24_WEBHOOK_URL_FILE: path });
    expect(problem.message).toBe(`BITRIX24_WEBHOOK_URL_FILE names ${path}, which cannot be read.`);
    expect(problem.remedy).toContain('path');
  });

  test('with a bad value is reported by the name of the setting', () => {
    const problem = problemOf({ CONCURRENCY_FILE: file('concurrency', 'many\n') });
    expect(problem.message).toMatch(/^CONCURRENCY must be a whole number/);
  });

  test('cannot be combined with the setting itself', () => {
    const problem = problemOf({ MESSAGE: 'Hi', MESSAGE_FILE: file('message', 'Hello') });
    expect(problem.message).toBe('MESSAGE and MESSAGE_FILE are both set.');
    expect(problem.remedy).toBe('Unset one of them.');
  });

  test('can be combined with an empty setting', () => {
    expect(read({ MESSAGE: '', MESSAGE_FILE: file('message', 'Hello') }).message).toBe('Hello');
  });
});

describe('.env', () => {
  test('can contain settings, files, comments and quotes', () => {
    const lines = [
      '# Ours',
      `BITRIX24_WEBHOOK_URL=${WEBHOOK}`,
      'export CONCURRENCY=7',
      'MESSAGE="Welcome,\nall of you" # greeting',
      `DATA_DIR_FILE=${file('dir', '/srv/data\n')}`,
      'BITRIX24_BURST=',
      'OTHER=x',
    ];
    file('.env', lines.join('\n'));
    const { webhook, ...config } = read();
    expect(webhook?.methodUrl('scope')).toBe(`${WEBHOOK}scope.json`);
    expect(config).toEqual({
      ...DEFAULTS,
      webhook: undefined,
      concurrency: 7,
      message: 'Welcome,\nall of you',
      dataDir: '/srv/data',
    });
  });

  test('has lower priority than the environment', () => {
    file('.env', 'CONCURRENCY=7\nBITRIX24_BURST=9\n');
    expect(read({ CONCURRENCY: '3' })).toMatchObject({ concurrency: 3, burst: 9 });
  });

  test('with a bad value is rejected like the environment', () => {
    file('.env', `CONCURRENCY=many\nBITRIX24_WEBHOOK_URL=http://x.example/rest/1/${CODE}/`);
    const { message } = problemOf({});
    expect(message).toContain('CONCURRENCY must be');
    expect(message).not.toContain(CODE);
  });

  test('has lower priority than the environment also when one of them names a file', () => {
    file('.env', 'MESSAGE=from .env\n');
    expect(read({ MESSAGE_FILE: file('message', 'from a file') }).message).toBe('from a file');
    file('.env', `MESSAGE_FILE=${join(home, 'message')}\n`);
    expect(read({ MESSAGE: 'from the environment' }).message).toBe('from the environment');
  });

  // Docker Compose passes an empty variable for `${NAME:-}`.
  test('provides settings that are empty, hence not set, in the environment', () => {
    file('.env', 'CONCURRENCY=7\n');
    expect(read({ CONCURRENCY: '' }).concurrency).toBe(7);
  });

  // A mount of a file that does not exist leaves a folder.
  test('that cannot be read is reported as a problem', () => {
    mkdirSync(dotenv);
    expect(problemOf({}).message).toContain('.env');
  });
});

describe('two tokens', () => {
  test('must differ', () => {
    expect(problemOf({ ADMIN_TOKEN: SECRET, VIEWER_TOKEN: SECRET }).message).toBe(
      'ADMIN_TOKEN and VIEWER_TOKEN are the same.',
    );
  });
});

describe('a configuration', () => {
  test('cannot be changed', () => {
    const config = read();
    expect(Object.isFrozen(config)).toBe(true);
    expect(() => Object.assign(config, { burst: 1 })).toThrow(TypeError);
    expect(config.burst).toBeUndefined();
  });

  test('does not show the webhook’s code', () => {
    const config = read({ BITRIX24_WEBHOOK_URL: WEBHOOK });
    expect(inspect(config, { depth: 9, showHidden: true })).not.toContain(CODE);
    expect(JSON.stringify(config)).toContain('https://example.bitrix24.com/rest/1/***/');
    expect(JSON.stringify(config)).not.toContain(CODE);
  });

  test('without a webhook explains how to get one when it needs one', () => {
    const config = read({ BITRIX24_WEBHOOK_URL: WEBHOOK });
    expect(requireWebhook(config)).toBe(config.webhook);
    expect(() => requireWebhook(read())).toThrow('BITRIX24_WEBHOOK_URL is not set.');
  });
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const lines = [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)];

  test('lists each setting once and nothing else', () => {
    expect(lines.map(([, name]) => name).sort()).toEqual([...SETTINGS].sort());
  });

  test('shows the defaults, and is valid unchanged', () => {
    const { webhook, ledgerUrl, redisUrl, logLevelGiven, ...shown } = read(
      Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])),
    );
    expect(DEFAULTS).toMatchObject(shown);
    expect(webhook?.portal).toBe('example.bitrix24.com');
    expect(ledgerUrl).toBe('postgres://USER:PASSWORD@HOST:5432/DATABASE');
    expect(redisUrl).toBe('redis://127.0.0.1:6379/0');
    expect(logLevelGiven).toBe(true);
    file('.env', example);
    expect(read()).toMatchObject({ ...DEFAULTS, webhook: expect.any(Webhook) });
  });
});
