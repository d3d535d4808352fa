import type { Logger } from 'pino';
import { Problem } from '../domain/errors/problem.ts';
import { sameness, Throttle } from '../domain/time/throttle.ts';
import { explainLedgerError } from '../ledger/db/database.ts';
import { LedgerUnreachable } from '../ledger/db/ledger-unreachable.ts';
import { explainRefusal, isRedisAway } from '../redis/redis-refusal.ts';

/** Shortest time between two reports of the same error, in milliseconds. */
const REPORT_INTERVAL_MS = 60_000;

/**
 * Creates the error reporter of a long-running process, for errors in the background. An unexpected error is
 * logged with all its details. No error is repeated within a minute. A ledger that is unreachable, locked or
 * full is logged as one sentence with a remedy, because every query fails then, several times a second. So is
 * a Redis that is full, read-only or denies a command. For an unreachable Redis only the Problem from its
 * first connection is logged; other errors about it are dropped.
 *
 * @param now in milliseconds
 */
export function createErrorReporter(
  log: Pick<Logger, 'error' | 'warn'>,
  now = () => performance.now(),
): (error: unknown) => void {
  const throttle = new Throttle(REPORT_INTERVAL_MS, now);
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
    log.warn({ remedy }, `${message.replace(/[^.]$/, '$&.')} It is tried again until it works.`);
  };
}
