import type { Logger } from 'pino';
import { Problem } from '../domain/errors/problem.ts';
import { sameness, Throttle } from '../domain/time/throttle.ts';
import { explainLedgerError } from '../ledger/db/database.ts';
import { LedgerUnreachable } from '../ledger/db/ledger-unreachable.ts';
import { explainRefusal, isRedisAway } from '../redis/redis-refusal.ts';

/** The same trouble is told again after so long, in milliseconds. */
const AGAIN_MS = 60_000;

/**
 * Makes what a process that goes on by itself says of errors that befall it in the background. What
 * nobody expected is told with all there is. Nothing is repeated for a minute. A ledger that is away, or locked, or full, is a sentence
 * and what to do, as everything that looks at it fails several times a second then. So is a Redis that
 * is full, read-only or denies something, or is away, as its first connection explains it; what others
 * find of it besides is not told again.
 *
 * @param now in milliseconds
 */
export function createErrorReporter(
  log: Pick<Logger, 'error' | 'warn'>,
  now = () => performance.now(),
): (error: unknown) => void {
  const throttle = new Throttle(AGAIN_MS, now);
  return (error) => {
    if (isRedisAway(error)) return;
    const refusal = explainRefusal(error);
    const explained = refusal?.problem ?? explainLedgerError(error);
    if (!(explained instanceof Problem)) {
      if (throttle.passes(sameness(error))) log.error({ err: error }, 'unexpected');
      return;
    }
    const { message, remedy } = explained;
    // Each of its connections, and each command, has other words for it.
    const isLedger = explained instanceof LedgerUnreachable;
    if (!throttle.passes(refusal?.kind ?? (isLedger ? 'ledger' : message))) return;
    log.warn({ remedy }, `${message.replace(/[^.]$/, '$&.')} Retrying until it works.`);
  };
}
