import { isIP } from 'node:net';
import { z } from 'zod';
import { Problem } from '../domain/errors/problem.ts';
import { isMessageTooLong, MAX_MESSAGE_CHARACTERS } from '../domain/imports/message.ts';
import { PAIR_LIMITS, type PairLimits } from '../domain/pairs/pair-limits.ts';
import { areEncoded, NOT_ENCODED, splitAddress } from '../domain/text/credentials.ts';
import { Secret } from '../domain/text/secret.ts';
import { isSentinelUrl, parseSentinelUrl, SENTINEL_FORM } from '../domain/text/sentinel-url.ts';
import { Token } from '../domain/text/token.ts';
import { readTextFile } from '../files/text/text-file.ts';
import { typed } from '../platform/invocation.ts';
import { Webhook } from '../portal/http/webhook.ts';
import {
  isExempt,
  type NetworkSettings,
  networkSettings,
  usesEnvProxy,
} from './network-settings.ts';
import { readDotenv } from './read-dotenv.ts';

const number = (from: number, to: number) => {
  const expected = `must be a number from ${from} to ${to}`;
  return z.coerce.number(expected).min(from, expected).max(to, expected);
};

const integer = (from: number, to: number) => {
  const expected = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number(expected).int(expected).min(from, expected).max(to, expected);
};

const yesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

const webhook = z.string().transform((text, context) => {
  const parsed = Webhook.parse(text);
  if (parsed instanceof Webhook) return parsed;
  context.addIssue({
    code: 'custom',
    message: `${parsed}; it looks like https://example.bitrix24.com/rest/1/CODE/`,
  });
  return z.NEVER;
});

/** An address with unambiguous user name and password; further checks are skipped otherwise. */
const address = z.string().refine(areEncoded, { error: NOT_ENCODED, abort: true });

const redisUrl = address.check(({ value, issues }) => {
  const sentinels = isSentinelUrl(value) ? parseSentinelUrl(value) : undefined;
  if (typeof sentinels === 'string') {
    const message = `${sentinels}; it must look like ${SENTINEL_FORM}`;
    issues.push({ code: 'custom', input: '', message });
  } else if (sentinels === undefined && !/^rediss?:\/\/[^/]/.test(value)) {
    const message =
      'must look like redis://HOST:6379/0, rediss:// for TLS, or redis+sentinel://HOST1:26379,HOST2:26379/mymaster/0';
    issues.push({ code: 'custom', input: '', message });
  }
});

const ledgerUrl = address.refine(isPostgresUrl, {
  error: 'must look like postgres://USER:PASSWORD@HOST:5432/DATABASE, special characters as %40',
});

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/./i.test(text)) return false;
  try {
    // `USER@/DATABASE?host=/run/postgresql` names a socket; the URL parser rejects it.
    const { username, password, pathname } = new URL(text.replace('@/', '@localhost/'));
    return [username, password, pathname].every((part) => decodeURI(part) !== undefined);
  } catch {
    return false;
  }
}

const notifyUrl = z
  .string()
  .refine((text) => splitAddress(text)?.userinfo === undefined && isPlainHttp(URL.parse(text)), {
    error:
      'must look like https://example.com/hook, without user name and password; an @ behind the host is written %40',
  })
  .transform((text) => new Secret(text));

const isPlainHttp = (url: URL | null): boolean => url !== null && /^https?:$/.test(url.protocol);

const SHORTEST_TOKEN = 16;

const token = z
  .string()
  .regex(/^[\x21-\x7e]*$/, 'must be of letters, digits and signs, without blanks')
  .min(SHORTEST_TOKEN, `must have at least ${SHORTEST_TOKEN} characters; try: openssl rand -hex 24`)
  .transform((text) => new Token(text));

/** Fastify's names for networks. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Never all addresses: a trusted proxy may state where a request comes from. */
const proxies = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .refine((items) => items.every((item) => NETWORKS.has(item) || isNetwork(item)), {
    error:
      'must list addresses or networks of proxies, such as 10.0.0.7,172.16.0.0/12, or loopback, linklocal, uniquelocal',
  });

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (length === undefined || more.length > 0) return bits > 0 && more.length === 0;
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const settings = z.object({
  BITRIX24_WEBHOOK_URL: webhook.optional(),
  BITRIX24_REQUESTS_PER_SECOND: number(0.01, 10_000).default(2),
  BITRIX24_BURST: integer(1, 100_000).default(50),
  BITRIX24_OPERATING_LIMIT_SECONDS: number(1, 1e9).default(480),
  BITRIX24_OPERATING_WINDOW_SECONDS: number(1, 86_400).default(600),
  BITRIX24_REQUEST_TIMEOUT_SECONDS: number(0.1, 600).default(65),
  CONCURRENCY: integer(1, 100).default(4),
  MAX_ATTEMPTS: integer(1, 1_000).default(20),
  MESSAGE: z
    .string()
    .refine((text) => !isMessageTooLong(text), {
      error: `is longer than the portal takes, ${MAX_MESSAGE_CHARACTERS} characters`,
    })
    .optional(),
  MAX_UPLOAD_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(1024 ** 3),
  MAX_PAIRS: integer(1, Number.MAX_SAFE_INTEGER).default(PAIR_LIMITS.most),
  MAX_PAIRS_PER_BYTE: number(0.001, 1e6).default(PAIR_LIMITS.perByte),
  DATA_DIR: z.string().default('./data'),
  LEDGER_URL: ledgerUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3_000),
  TRUST_PROXY: proxies.optional(),
  HSTS_SUBDOMAINS: yesOrNo.default(false),
  METRICS_PORT: integer(0, 65_535).optional(),
  ADMIN_TOKEN: token.optional(),
  VIEWER_TOKEN: token.optional(),
  NOTIFY_URL: notifyUrl.optional(),
  NOTIFY_SECRET: z
    .string()
    .min(
      SHORTEST_TOKEN,
      `must have at least ${SHORTEST_TOKEN} characters; try: openssl rand -hex 24`,
    )
    .transform((text) => new Secret(text))
    .optional(),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/** Longest time that the portal works on a request ("REST API Limits"). */
const REQUEST_LIMIT_SECONDS = 60;

/** Checks settings that are each valid, but not together. */
const together = settings.superRefine((value, context) => {
  const { BITRIX24_WEBHOOK_URL: portal, BITRIX24_REQUEST_TIMEOUT_SECONDS: seconds } = value;
  if (portal === undefined || portal.isLoopback || seconds >= REQUEST_LIMIT_SECONDS) return;
  context.addIssue({
    code: 'custom',
    path: ['BITRIX24_REQUEST_TIMEOUT_SECONDS'],
    message: `must be at least ${REQUEST_LIMIT_SECONDS}: the portal may work on a request for so long, and what is given up earlier could be sent twice`,
  });
});

/** The names of all settings, as `.env.example` and the README list them. */
export const SETTINGS = Object.keys(settings.shape);

/** Settings from OpenTelemetry's own variables; OpenTelemetry reads the other variables itself. */
export interface Tracing {
  /** Share of traces that are kept, 0 to 1. */
  ratio: number;
}

/** Every setting of the program, validated and frozen; secrets are masked in output. */
export interface Config {
  readonly webhook: Webhook | undefined;
  /** The portal's leaky bucket: how many requests leak out per second, and how deep it is. */
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** Server seconds that a method may use within the window, and the window's length. */
  readonly operatingLimitSeconds: number;
  readonly operatingWindowSeconds: number;
  readonly requestTimeoutMs: number;
  /** Requests in flight at once, all workers together. */
  readonly concurrency: number;
  /** Number of attempts, failed because of the portal, after which a pair fails. */
  readonly maxAttempts: number;
  /** The most bytes that a file may have. */
  readonly maxUploadBytes: number;
  /** How many pairs a file may name. */
  readonly pairLimits: PairLimits;
  /** Default invitation text. */
  readonly message: string | undefined;
  readonly dataDir: string;
  /** Can contain a password. Undefined: a file under `dataDir`. */
  readonly ledgerUrl: string | undefined;
  /** Undefined: a private Redis under `dataDir`. */
  readonly redisUrl: string | undefined;
  /** Where the server listens; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** The proxies that may state a request's origin, and whether it used TLS. */
  readonly trustProxy: readonly string[] | undefined;
  /** Whether browsers that used TLS must use it for subdomains of the server's host as well (HSTS). */
  readonly hstsSubdomains: boolean;
  /** Port for a worker's health and metrics; undefined: none. */
  readonly metricsPort: number | undefined;
  /** The token for full access, and the one for read access. */
  readonly adminToken: Token | undefined;
  readonly viewerToken: Token | undefined;
  /** Where notices are sent; undefined: nowhere. The address can contain a password. */
  readonly notifyUrl: Secret | undefined;
  /** The key that signs notices. */
  readonly notifySecret: Secret | undefined;
  /** Undefined: no tracing, and none of its modules are loaded. */
  readonly tracing: Tracing | undefined;
  /** HTTPS_PROXY names a proxy, but Node.js is not configured to use it. */
  readonly isProxyUnused: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether the log level is set, and not the default. */
  readonly logLevelGiven: boolean;
  /** Warnings for the user about how the settings were read. */
  readonly warnings: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An error in a setting, or in several together. */
interface SettingFault {
  readonly names: readonly string[];
  readonly what: string;
}

/** Some settings are invalid. */
export class WrongSettings extends Problem {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[], remedy: string) {
    super(faults.map(({ what }) => what).join('\n'), remedy);
    this.faults = faults;
  }

  /** The invalid variables. */
  get names(): string[] {
    return this.faults.flatMap(({ names }) => names);
  }

  /** @returns one Problem for each fault */
  apart(): Problem[] {
    return this.faults.map(({ what }) => new Problem(what, this.remedy));
  }
}

/**
 * Reads the environment, then `.env` in the working directory for what is not set there, and `NAME_FILE`
 * for any NAME. An empty value counts as not set.
 *
 * @param without variables that count as not set. @default none
 * @throws WrongSettings that names every variable with a bad value and states a valid form
 * @throws Problem when a file cannot be read
 */
export function readConfig(
  environment: Environment = process.env,
  dotenv = '.env',
  without: ReadonlySet<string> = new Set(),
): Config {
  const isGiven = (name: string) => Boolean(environment[name]);
  const isOverridden = (name: string) =>
    without.has(name) || isGiven(name) || isGiven(`${name}_FILE`);
  const below = readDotenv(dotenv, SETTINGS, isOverridden);
  const values: Record<string, string | undefined> = {};
  for (const name of SETTINGS) {
    if (without.has(name)) continue;
    values[name] = readSetting(environment, name) ?? readSetting(below.values, name);
  }
  const parsed = together.safeParse(values);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      names: [String(path[0])],
      what: `${path.join('.')} ${message}`,
    }));
    const remedy = 'Mend it in the environment or in .env and start again.';
    throw new WrongSettings(faults, remedy);
  }
  const value = parsed.data;
  if (values.VIEWER_TOKEN !== undefined && values.VIEWER_TOKEN === values.ADMIN_TOKEN) {
    const same = 'ADMIN_TOKEN and VIEWER_TOKEN are the same.';
    const names = ['ADMIN_TOKEN', 'VIEWER_TOKEN'];
    throw new WrongSettings([{ names, what: same }], 'Make them differ.');
  }
  return Object.freeze({
    webhook: value.BITRIX24_WEBHOOK_URL,
    requestsPerSecond: value.BITRIX24_REQUESTS_PER_SECOND,
    burst: value.BITRIX24_BURST,
    operatingLimitSeconds: value.BITRIX24_OPERATING_LIMIT_SECONDS,
    operatingWindowSeconds: value.BITRIX24_OPERATING_WINDOW_SECONDS,
    requestTimeoutMs: Math.round(value.BITRIX24_REQUEST_TIMEOUT_SECONDS * 1_000),
    concurrency: value.CONCURRENCY,
    maxAttempts: value.MAX_ATTEMPTS,
    message: value.MESSAGE,
    maxUploadBytes: value.MAX_UPLOAD_BYTES,
    pairLimits: Object.freeze({ most: value.MAX_PAIRS, perByte: value.MAX_PAIRS_PER_BYTE }),
    dataDir: value.DATA_DIR,
    ledgerUrl: value.LEDGER_URL,
    redisUrl: value.REDIS_URL,
    host: value.HOST,
    port: value.PORT,
    trustProxy: value.TRUST_PROXY,
    hstsSubdomains: value.HSTS_SUBDOMAINS,
    metricsPort: value.METRICS_PORT,
    adminToken: value.ADMIN_TOKEN,
    viewerToken: value.VIEWER_TOKEN,
    notifyUrl: value.NOTIFY_URL,
    notifySecret: value.NOTIFY_SECRET,
    tracing: readTracing(environment),
    isProxyUnused: isProxyUnused(environment, below.values, value.BITRIX24_WEBHOOK_URL),
    logLevel: value.LOG_LEVEL,
    logLevelGiven: values.LOG_LEVEL !== undefined,
    warnings: below.warnings,
  });
}

/** Node.js reads proxy and exemptions from the environment only, and uses the proxy only on request. */
function isProxyUnused(
  environment: Environment,
  below: Environment,
  webhook: Webhook | undefined,
): boolean {
  const isIn = (from: Environment) => names.some((name) => from[name]);
  const names = ['https_proxy', 'HTTPS_PROXY'];
  const isSet = isIn(environment);
  if (isSet ? usesEnvProxy(environment) : !isIn(below)) return false;
  const exempt = ['no_proxy', 'NO_PROXY'].flatMap((name) => environment[name] || below[name] || []);
  const address = webhook && URL.parse(`https://${webhook.portal}`);
  return !(address && isExempt(exempt[0] ?? '', address));
}

/** Tracing is on when an endpoint is set. */
function readTracing(environment: Environment): Tracing | undefined {
  const endpoint =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const off =
    environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true' ||
    environment.OTEL_TRACES_EXPORTER === 'none';
  if (!endpoint || off) return undefined;
  const { OTEL_TRACES_SAMPLER: sampler = '', OTEL_TRACES_SAMPLER_ARG: given } = environment;
  if (sampler.endsWith('always_off')) return undefined;
  const ratio = sampler.endsWith('traceidratio') ? Number(given || 1) : 1;
  if (ratio >= 0 && ratio <= 1) return { ratio };
  throw new Problem(
    'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.',
    'Mend it, or unset it.',
  );
}

function readSetting(environment: Environment, name: string): string | undefined {
  const plain = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return plain;
  if (plain !== undefined) {
    const both = `${name} and ${name}_FILE are both set.`;
    throw new WrongSettings([{ names: [name], what: both }], 'Keep one of them.');
  }
  try {
    return (
      readTextFile(file, `${name}_FILE names ${file}, which`).replace(/\r?\n$/, '') || undefined
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new WrongSettings([{ names: [name], what: error.message }], error.remedy);
  }
}

/** @throws Problem when no webhook is configured */
export function requireWebhook(config: Config): Webhook {
  if (config.webhook !== undefined) return config.webhook;
  throw new Problem(
    'BITRIX24_WEBHOOK_URL is not set.',
    `In Bitrix24 open Developer resources → Other → Inbound webhook, give it the scopes sonet_group, socialnetwork and user, and set BITRIX24_WEBHOOK_URL to its address. To try without a portal, type: ${typed('demo')}`,
  );
}

/** @returns the network settings that Node.js itself reads from this process's environment */
export const readNetworkSettings = (): NetworkSettings => networkSettings(process.env, '.env');
