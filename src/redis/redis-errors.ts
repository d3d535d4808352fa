import { certificateFaultIn } from '../domain/errors/certificate-fault.ts';
import type { Problem } from '../domain/errors/problem.ts';
import { maskSecrets, passwordsIn, showAddressOf } from '../domain/text/credentials.ts';
import type { RedisRemedy } from '../messages/en/terminal/redis-problems-en.ts';
import { problem } from '../messages/problems.ts';
import type { RedisAddress } from './connection.ts';

/** The first match counts; with `about`, the error has to match that as well. */
const REMEDIES: readonly (readonly [symptom: RegExp, remedy: RedisRemedy, about?: RegExp])[] = [
  [/has no master/, 'master_name'],
  [/WRONGPASS|NOAUTH|NOPERM/, 'sentinel_password', /Sentinel/],
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TIMEDOUT|timed out/i, 'sentinels', /sentinel/i],
  [/ECONNREFUSED/, 'start'],
  [/ENOTFOUND|EAI_AGAIN/, 'host'],
  [/WRONGPASS|NOAUTH|NOPERM|invalid password/, 'password'],
  [/in cluster mode/, 'no_cluster'],
  [/DB index/, 'database'],
  [/\\u0015|closed|ECONNRESET|no answer/, 'scheme'],
  [/Protocol error/, 'port'],
  [/TLS|SSL|EPROTO|CERT|SIGNATURE/i, 'no_tls'],
];

const WRONG_HOST = /ALTNAME|HOSTNAME_MISMATCH/;

/**
 * The original error is not passed on as cause: ioredis attaches the arguments of AUTH to it.
 *
 * @returns in words what is wrong with the connection, and what to do
 */
export function explainRedisError(address: RedisAddress, error: unknown): Problem {
  const said = withoutSecret(address, describe(error));
  const remedy = address.kind === 'socket' ? 'restart_private' : (remedyFor(said) ?? 'check_url');
  return problem('redis_away', { redis: showAddress(address), said, remedy });
}

function remedyFor(reason: string): RedisRemedy | undefined {
  const fault = certificateFaultIn(reason);
  if (fault !== undefined) return WRONG_HOST.test(reason) ? 'certificate_host' : fault;
  const fits = ([symptom, , about]: (typeof REMEDIES)[number]) =>
    symptom.test(reason) && (about?.test(reason) ?? true);
  return REMEDIES.find(fits)?.[1];
}

/** @returns the address without its secrets */
export const showAddress = (address: RedisAddress): string =>
  address.kind === 'socket' ? address.path : showAddressOf(address.url);

function describe(error: unknown): string {
  // A host with several addresses fails with a list of failures and no message of its own.
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = error.message.replace(/\. Please report this\.|; if the root CA is .*/, '');
  return message.includes(code) ? message : `${message} (${code})`;
}

/** A server without AUTH repeats its arguments in the error. */
const withoutSecret = (address: RedisAddress, text: string): string =>
  address.kind === 'url' ? maskSecrets(text, passwordsIn(address.url)) : text;
