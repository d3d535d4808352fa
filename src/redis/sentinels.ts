import { Redis, type RedisOptions } from 'ioredis';
import {
  parseSentinelUrl,
  SENTINEL_FORM,
  type SentinelPlace,
} from '../domain/text/sentinel-url.ts';
import { problem } from '../messages/problems.ts';

/** A host without power does not refuse connections; the next Sentinel follows after this time. */
const TIMEOUT_MS = 3_000;

/** @throws Problem when it is not an address of Sentinels */
function placeOf(url: string): SentinelPlace {
  const place = parseSentinelUrl(url);
  if (typeof place !== 'string') return place;
  throw problem('sentinel_url', { fault: place, form: SENTINEL_FORM });
}

/** @returns options with which a connection queries Sentinels each time; @throws Problem */
export function sentinelOptions(url: string): RedisOptions {
  const { sentinels, master, database, tls, username, password, ...own } = placeOf(url);
  return {
    ...{ sentinels, name: master, db: database },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(own.sentinelUsername !== undefined && { sentinelUsername: own.sentinelUsername }),
    ...(own.sentinelPassword !== undefined && { sentinelPassword: own.sentinelPassword }),
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
    ...{ connectTimeout: TIMEOUT_MS, sentinelCommandTimeout: TIMEOUT_MS },
    // A former master refuses to write; the Sentinels name the new one.
    reconnectOnError: ({ message }) => (message.startsWith('READONLY') ? 2 : false),
  };
}

/**
 * Finds the reason of a failure: ioredis says that no Sentinel can be reached, whatever they answered.
 *
 * @returns the answer of each of them to the query for the master; undefined when one names it
 */
export async function querySentinels(url: string): Promise<Error | undefined> {
  const { sentinels, master, tls, sentinelUsername, sentinelPassword } = placeOf(url);
  const refusals = await Promise.all(
    sentinels.map(async ({ host, port }) => {
      const sentinel = new Redis({
        ...{ host, port, retryStrategy: null, enableReadyCheck: false },
        ...{ connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS },
        ...(sentinelUsername !== undefined && { username: sentinelUsername }),
        ...(sentinelPassword !== undefined && { password: sentinelPassword }),
        ...(tls && { tls: {} }),
      });
      let why: unknown;
      sentinel.on('error', (error: unknown) => (why ??= error));
      try {
        const found = await sentinel.call('SENTINEL', 'get-master-addr-by-name', master);
        if (found !== null) return undefined;
        return `the Sentinel ${host}:${port} has no master of this name`;
      } catch (error) {
        why ??= error;
        const reason = why instanceof Error ? why.message : String(why);
        const code = why instanceof Error && 'code' in why ? ` (${why.code})` : '';
        return `the Sentinel ${host}:${port} returns an error: ${reason}${code}`;
      } finally {
        sentinel.disconnect();
      }
    }),
  );
  const reasons = refusals.filter((refusal) => refusal !== undefined);
  return reasons.length < sentinels.length ? undefined : new Error(reasons.join('; '));
}

/** Whether ioredis only begins with the first Sentinel again, and has queried none yet. */
export const isNewRound = (error: unknown): boolean =>
  error instanceof Error && /^All sentinels are unreachable.*\dms\.$/.test(error.message);
