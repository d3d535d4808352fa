import { Redis, ReplyError } from 'ioredis';
import { Problem } from '../domain/problem.ts';

export type RedisAddress = { kind: 'socket'; path: string } | { kind: 'url'; url: string };

export interface ConnectOptions {
  /** Shown by Redis in `CLIENT LIST`. @default none */
  name?: string;
  /** Told of every failure after the first connection, once per attempt. @default ignored */
  onError?: (problem: Problem) => void;
  /** How long the first connection may take, in milliseconds. @default 10_000 */
  patienceMs?: number;
}

/**
 * Opens a connection fit for BullMQ. The first attempt is the only one that may fail; from then
 * on it reconnects for ever, with pauses that double up to 2 s, and a command given meanwhile
 * waits for the connection. A failure never leaves a process without an 'error' listener.
 * @throws Problem naming the address, without its password, and what to do
 */
export async function connectRedis(
  address: RedisAddress,
  { name, onError, patienceMs = 10_000 }: ConnectOptions = {},
): Promise<Redis> {
  // What is no address ioredis would take for a path or for localhost.
  showAddress(address);
  let connected = false;
  const options = {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => (connected ? Math.min(50 * 2 ** attempt, 2_000) : null),
    ...(name === undefined ? {} : { connectionName: name }),
  };
  const redis =
    address.kind === 'url'
      ? new Redis(address.url, options)
      : new Redis({ ...options, path: address.path });
  // Stays when the first attempt fails: late words of a dying connection must not crash anybody.
  redis.on('error', (error: unknown) => {
    if (connected) onError?.(diagnose(address, error));
  });
  try {
    await firstAttempt(redis, patienceMs);
  } catch (error) {
    redis.disconnect();
    throw diagnose(address, error);
  }
  connected = true;
  return redis;
}

/** Rejects at the first error, even one after which ioredis would go on in another database. */
function firstAttempt(redis: Redis, patienceMs: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const silence = new Error(`no answer within ${patienceMs / 1_000} seconds`);
    const timer = setTimeout(() => settle(() => reject(silence)), patienceMs);
    const succeed = () => settle(resolve);
    const fail = (error: unknown) => settle(() => reject(error));
    const end = () => fail(new Error('the connection was closed without a word'));
    const settle = (how: () => void) => {
      clearTimeout(timer);
      redis.off('ready', succeed).off('error', fail).off('end', end);
      how();
    };
    redis.on('ready', succeed).on('error', fail).on('end', end);
  });
}

/**
 * @returns a warning when this Redis may throw jobs away under memory pressure; undefined when it
 * may not, or does not tell
 */
export async function checkEviction(redis: Redis): Promise<string | undefined> {
  // INFO, since managed services commonly forbid CONFIG.
  const info = await redis.info('memory').catch((error: unknown) => {
    if (error instanceof ReplyError) return '';
    throw error;
  });
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `Redis may evict jobs when memory runs short (maxmemory-policy is ${policy}); set maxmemory-policy to noeviction.`;
}

/**
 * @returns the address as it may be shown to anybody: no password, no query
 * @throws Problem when it is not a Redis address
 */
export function showAddress(address: RedisAddress): string {
  if (address.kind === 'socket') return address.path;
  const url = URL.parse(address.url);
  if (url === null || !/^rediss?:$/.test(url.protocol)) {
    throw new Problem(
      'REDIS_URL is not the address of a Redis.',
      'Write it as redis://user:password@host:6379/0, or rediss://… for TLS; percent-encode special characters.',
    );
  }
  const user = url.password ? `${url.username}:***@` : url.username && '***@';
  return `${url.protocol}//${user}${url.host}${url.pathname}`;
}

const REMEDIES: readonly (readonly [symptom: RegExp, remedy: string])[] = [
  [/ECONNREFUSED/, 'Start Redis there, or correct REDIS_URL; without it a private Redis is used.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Correct the host name in REDIS_URL.'],
  [
    /WRONGPASS|NOAUTH|NOPERM|invalid password/,
    'Put the right user and password into REDIS_URL (redis://user:password@host:6379, special characters percent-encoded).',
  ],
  [/DB index/, 'Correct the database number at the end of REDIS_URL.'],
  [
    /\\u0015|closed|ECONNRESET|no answer/,
    'Check host and port in REDIS_URL; write rediss:// when this Redis has TLS, redis:// when not.',
  ],
  [/Protocol error/, 'Something that is not Redis listens there: correct the port in REDIS_URL.'],
  [
    /TLS|SSL|EPROTO|CERT|SIGNATURE/i,
    'Write redis:// when this Redis has no TLS; for a certificate authority of your own, set NODE_EXTRA_CA_CERTS.',
  ],
];

/** The original error is not handed on as cause: ioredis attaches the arguments of AUTH to it. */
function diagnose(address: RedisAddress, error: unknown): Problem {
  const reason = withoutSecret(address, describe(error));
  const remedy =
    address.kind === 'socket'
      ? 'Start the program that keeps this private Redis again, or set REDIS_URL to another one.'
      : (REMEDIES.find(([symptom]) => symptom.test(reason))?.[1] ??
        'Check REDIS_URL, and that Redis runs there and can be reached from here.');
  return new Problem(`Cannot talk to Redis at ${showAddress(address)}: ${reason}`, remedy);
}

function describe(error: unknown): string {
  // A host with several addresses fails with a list of failures and no message of its own.
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error.message.replace('. Please report this.', '');
  return message.includes(code) ? message : `${message} (${code})`;
}

/** A server that does not know AUTH repeats its arguments in the error. */
function withoutSecret(address: RedisAddress, text: string): string {
  const encoded = address.kind === 'url' ? URL.parse(address.url)?.password : undefined;
  if (!encoded) return text;
  const decoded = new URLSearchParams(`p=${encoded.replaceAll('+', '%2B')}`).get('p') ?? encoded;
  return text.replaceAll(decoded, '***').replaceAll(encoded, '***');
}
