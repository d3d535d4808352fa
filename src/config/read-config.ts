import { Problem } from '../domain/errors/problem.ts';
import { readTextFile } from '../files/text/text-file.ts';
import { typed } from '../platform/invocation.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import type { Config } from './config.ts';
import {
  isExempt,
  type NetworkSettings,
  networkSettings,
  usesEnvProxy,
} from './network-settings.ts';
import { readDotenv } from './read-dotenv.ts';
import { readTracing } from './read-tracing.ts';
import { SETTINGS, settingsSchema } from './settings-schema.ts';
import { WrongSettings } from './wrong-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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
  throw new Problem(
    'BITRIX24_WEBHOOK_URL is not set.',
    `In Bitrix24 open Developer resources → Other → Inbound webhook, give it the scopes sonet_group, socialnetwork and user, and set BITRIX24_WEBHOOK_URL to its address. To try without a portal, type: ${typed('demo')}`,
  );
}

/** @returns the network settings that Node.js itself reads from this process's environment */
export const readNetworkSettings = (): NetworkSettings => networkSettings(process.env, '.env');
