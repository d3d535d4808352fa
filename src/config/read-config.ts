import { Problem } from '../domain/errors/problem.ts';
import { readTextFile } from '../files/text/text-file.ts';
import { problem } from '../messages/problems.ts';
import { typed } from '../platform/invocation.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import { readAuthorities } from './authorities.ts';
import type { Config } from './config.ts';
import { type NetworkSettings, networkSettings } from './network-settings.ts';
import { readDotenv } from './read-dotenv.ts';
import { readTracing } from './read-tracing.ts';
import { SETTINGS, settingsSchema, spellings, usable } from './settings-schema.ts';
import { WrongSettings } from './wrong-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment, then `.env` in the working directory for what is not set there, and `NAME_FILE`
 * for any NAME. An empty value counts as not set. The names of proxies can be in lower case, which
 * takes precedence, as in curl.
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
  const isGiven = (name: string) => Boolean(environment[name] || environment[`${name}_FILE`]);
  const isOverridden = (spelled: string) => {
    const name = settingOf(spelled);
    return without.has(name) || spellings(name).some(isGiven);
  };
  const below = readDotenv(dotenv, SETTINGS.flatMap(spellings), isOverridden);
  const values: Record<string, string | undefined> = {};
  for (const name of SETTINGS) {
    if (without.has(name)) continue;
    for (const source of [environment, below.values]) {
      for (const spelled of spellings(name)) values[name] ??= readSetting(source, spelled);
    }
  }
  // Node.js has read it from the environment when it started.
  const isReadByNode = Boolean(environment.NODE_EXTRA_CA_CERTS);
  const ownFile = isReadByNode
    ? readSetting(below.values, 'NODE_EXTRA_CA_CERTS')
    : values.NODE_EXTRA_CA_CERTS;
  const parsed = settingsSchema.safeParse(values);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      names: [String(path[0])],
      what: `${path.join('.')} ${message}`,
    }));
    const remedy = 'Fix it in the environment or in .env, then start again.';
    throw new WrongSettings(faults, remedy);
  }
  const value = parsed.data;
  if (values.VIEWER_TOKEN !== undefined && values.VIEWER_TOKEN === values.ADMIN_TOKEN) {
    const same = 'ADMIN_TOKEN and VIEWER_TOKEN are the same.';
    const names = ['ADMIN_TOKEN', 'VIEWER_TOKEN'];
    throw new WrongSettings([{ names, what: same }], 'Set different values.');
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
    remindEveryDays: value.REMIND_EVERY_DAYS,
    quietHours: value.QUIET_HOURS,
    message: value.MESSAGE,
    maxUploadBytes: value.MAX_UPLOAD_BYTES,
    pairLimits: Object.freeze({ most: value.MAX_PAIRS, perByte: value.MAX_PAIRS_PER_BYTE }),
    dataDir: value.DATA_DIR,
    ledgerUrl: value.LEDGER_URL,
    redisUrl: value.REDIS_URL,
    host: value.HOST,
    port: value.PORT,
    basePath: value.BASE_PATH,
    trustProxy: value.TRUST_PROXY,
    hstsSubdomains: value.HSTS_SUBDOMAINS,
    metricsPort: value.METRICS_PORT,
    adminToken: value.ADMIN_TOKEN,
    viewerToken: value.VIEWER_TOKEN,
    notifyUrl: value.NOTIFY_URL,
    notifySecret: value.NOTIFY_SECRET,
    tracing: readTracing(environment),
    proxies: Object.freeze({
      https: usable(value.HTTPS_PROXY),
      http: usable(value.HTTP_PROXY),
      exempt: value.NO_PROXY,
    }),
    authorities: isReadByNode || ownFile === undefined ? [] : readAuthorities(ownFile),
    authoritiesFile: ownFile,
    logLevel: value.LOG_LEVEL,
    logLevelGiven: values.LOG_LEVEL !== undefined,
    warnings: below.warnings,
  });
}

const settingOf = (spelled: string): string =>
  SETTINGS.find((name) => spellings(name).includes(spelled)) ?? spelled;

function readSetting(environment: Environment, name: string): string | undefined {
  const plain = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return plain;
  if (plain !== undefined) {
    const both = `${name} and ${name}_FILE are both set.`;
    throw new WrongSettings([{ names: [name], what: both }], 'Unset one of them.');
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
  throw problem('webhook_unset', { command: typed('demo') });
}

export const readNetworkSettings = (): NetworkSettings => networkSettings(process.env);
