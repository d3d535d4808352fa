import type { Logger } from 'pino';
import { Problem } from './domain/problem.ts';
import { explainLedgerError } from './ledger/database.ts';
import { LedgerUnreachable } from './ledger/unreachable.ts';
import { explainNoWrites, isRedisAway } from './queue/redis-trouble.ts';

/** The same trouble is told again after so long, in milliseconds. */
const AGAIN_MS = 60_000;

/**
 * Makes what a process that goes on by itself says of errors that befall it in the background. What
 * nobody expected is told with all there is. A ledger that is away, or locked, or full, is a sentence
 * and what to do; everything that looks at it fails several times a second then, and the sentence is
 * not repeated for a minute. So is a Redis that takes no writes, or is away, as its first
 * connection explains it; what others find of it besides is not told again.
 *
 * @param now in milliseconds
 */
export function surpriseTeller(
  log: Pick<Logger, 'error' | 'warn'>,
  now = () => performance.now(),
): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    if (isRedisAway(error)) return;
    const explained = explainNoWrites(error) ?? explainLedgerError(error);
    if (!(explained instanceof Problem)) {
      log.error({ err: error }, 'unexpected');
      return;
    }
    const { message, remedy } = explained;
    // Each of its connections has other words for it.
    const what = explained instanceof LedgerUnreachable ? 'ledger' : message;
    if (now() - (told.get(what) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    told.set(what, now());
    log.warn({ remedy }, `${message.replace(/[^.]$/, '$&.')} It is tried again until it works.`);
  };
}
