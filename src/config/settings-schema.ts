import { z } from 'zod';
import { isMessageTooLong, MAX_MESSAGE_CHARACTERS } from '../domain/imports/message.ts';
import { PAIR_LIMITS } from '../domain/pairs/pair-limits.ts';
import { Secret } from '../domain/text/secret.ts';
import { type HttpProxy, proxyKind } from '../platform/network/proxies.ts';
import {
  basePath,
  integer,
  ledgerUrl,
  notifyUrl,
  number,
  proxies,
  proxy,
  quietHours,
  redisUrl,
  SHORTEST_TOKEN,
  token,
  webhook,
  yesOrNo,
} from './validators.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const settings = z.object({
  BITRIX24_WEBHOOK_URL: webhook.optional(),
  BITRIX24_REQUESTS_PER_SECOND: number(0.01, 10_000).optional(),
  BITRIX24_BURST: integer(1, 100_000).optional(),
  BITRIX24_OPERATING_LIMIT_SECONDS: number(1, 1e9).optional(),
  BITRIX24_OPERATING_WINDOW_SECONDS: number(1, 86_400).default(600),
  BITRIX24_REQUEST_TIMEOUT_SECONDS: number(0.1, 600).default(65),
  CONCURRENCY: integer(1, 100).default(4),
  MAX_ATTEMPTS: integer(1, 1_000).default(20),
  REMIND_EVERY_DAYS: integer(1, 365).default(7),
  QUIET_HOURS: quietHours.optional(),
  MESSAGE: z
    .string()
    .refine((text) => !isMessageTooLong(text), {
      error: `is longer than the portal accepts, ${MAX_MESSAGE_CHARACTERS} characters`,
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
  BASE_PATH: basePath.default(''),
  TRUST_PROXY: proxies.optional(),
  HSTS_SUBDOMAINS: yesOrNo.default(false),
  HTTPS_PROXY: proxy.optional(),
  HTTP_PROXY: proxy.optional(),
  NO_PROXY: z.string().default(''),
  NODE_EXTRA_CA_CERTS: z.string().optional(),
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

type Settings = z.output<typeof settings>;

/** Checks settings that are each valid, but not together. */
export const settingsSchema = settings.superRefine((value, context) => {
  const { BITRIX24_WEBHOOK_URL: portal, BITRIX24_REQUEST_TIMEOUT_SECONDS: seconds } = value;
  const add = (name: keyof Settings, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (portal !== undefined && !portal.isLoopback && seconds < REQUEST_LIMIT_SECONDS) {
    add(
      'BITRIX24_REQUEST_TIMEOUT_SECONDS',
      `must be at least ${REQUEST_LIMIT_SECONDS}: the portal can work on a request for that long, and a request given up earlier could be sent twice`,
    );
  }
  for (const name of unusableProxies(value)) add(name, PROXY_FORM);
});

const PROXY_FORM =
  'must look like http://HOST:3128 or http://USER:PASSWORD@HOST:3128, with special characters percent-encoded; SOCKS is not supported. NO_PROXY lists hosts that need no proxy';

/** @returns the proxies that requests need and that cannot be used */
function unusableProxies(value: Settings): ReadonlySet<'HTTPS_PROXY' | 'HTTP_PROXY'> {
  // An invalid address is not transformed.
  const { BITRIX24_WEBHOOK_URL: webhook, NOTIFY_URL: notify, NO_PROXY: exempt } = value;
  const targets = [
    webhook?.methodUrl('scope'),
    notify instanceof Secret ? notify.reveal() : undefined,
  ].map((url) => URL.parse(url ?? ''));
  const kinds = targets.map((url) => url && proxyKind(exempt, url));
  const isUnusable = { https: value.HTTPS_PROXY, http: value.HTTP_PROXY };
  return new Set(
    kinds.flatMap((kind) => {
      if (!kind || isUnusable[kind] !== 'unusable') return [];
      return kind === 'https' ? ['HTTPS_PROXY'] : ['HTTP_PROXY'];
    }),
  );
}

/** @returns the proxy, if it can be used */
export const usable = (proxy: HttpProxy | 'unusable' | undefined): HttpProxy | undefined =>
  proxy === 'unusable' ? undefined : proxy;

/** @returns the names of a setting, the one that takes precedence first */
export const spellings = (name: string): string[] =>
  /^(HTTPS?|NO)_PROXY$/.test(name) ? [name.toLowerCase(), name] : [name];

/** The names of all settings, as `.env.example` and the README list them. */
export const SETTINGS = Object.keys(settings.shape);
