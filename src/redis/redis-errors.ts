import { type CertificateFault, certificateFaultIn } from '../domain/errors/certificate-fault.ts';
import { Problem } from '../domain/errors/problem.ts';
import { maskSecrets, passwordsIn, showAddressOf } from '../domain/text/credentials.ts';
import type { RedisAddress } from './connection.ts';
import { NO_CLUSTER } from './redis-refusal.ts';

/** The first match counts; with `about`, the error has to match that as well. */
const REMEDIES: readonly (readonly [symptom: RegExp, remedy: string, about?: RegExp])[] = [
  [/knows no master/, 'Correct the name behind the Sentinels in REDIS_URL (…:26379/mymaster).'],
  [
    /WRONGPASS|NOAUTH|NOPERM/,
    'Put the Sentinels’ own password at the end of REDIS_URL: ?sentinel_password=…',
    /Sentinel/,
  ],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TIMEDOUT|timed out/i,
    'Correct the Sentinels in REDIS_URL, and check that one of them can be reached.',
    /sentinel/i,
  ],
  [/ECONNREFUSED/, 'Start Redis there, or correct REDIS_URL; without it a private Redis is used.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Correct the host name in REDIS_URL.'],
  [
    /WRONGPASS|NOAUTH|NOPERM|invalid password/,
    'Put the right user and password into REDIS_URL (redis://user:password@host:6379, special characters percent-encoded).',
  ],
  [/in cluster mode/, NO_CLUSTER],
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

const WRONG_HOST = /ALTNAME|HOSTNAME_MISMATCH/;
const CERTIFICATES: Readonly<Record<CertificateFault, string>> = {
  untrusted:
    'Nobody whom this machine trusts has signed its certificate: name the file with yours, or with your authority’s, in the environment as NODE_EXTRA_CA_CERTS.',
  unfit: 'Renew its certificate, and look whether the clock of this machine is right.',
};

/**
 * The original error is not passed on as cause: ioredis attaches the arguments of AUTH to it.
 *
 * @returns in words what is wrong with the connection, and what to do
 */
export function explainRedisError(address: RedisAddress, error: unknown): Problem {
  const reason = withoutSecret(address, describe(error));
  const shown = showAddress(address);
  const remedy =
    address.kind === 'socket'
      ? 'Start the program that keeps this private Redis again, or set REDIS_URL to another one.'
      : (remedyFor(reason) ??
        'Check REDIS_URL, and that Redis runs there and can be reached from here.');
  return new Problem(`Cannot talk to Redis at ${shown}: ${reason}`, remedy);
}

function remedyFor(reason: string): string | undefined {
  const fault = certificateFaultIn(reason);
  if (fault !== undefined && WRONG_HOST.test(reason)) {
    return 'Write the host name into REDIS_URL that its certificate is for.';
  }
  if (fault !== undefined) return CERTIFICATES[fault];
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
