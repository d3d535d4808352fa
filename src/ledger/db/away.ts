import { Problem } from '../../domain/errors/problem.ts';
import type { ProblemCode } from '../../domain/errors/problem-params.ts';
import { backoffMs } from '../../domain/time/backoff.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { LedgerUnreachable } from './ledger-unreachable.ts';

/** SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL: what ends without us. */
const PASSING: ReadonlySet<number> = new Set([5, 6, 10, 13]);
/**
 * What Postgres says of one statement, or of one moment: taken back for another transaction's sake
 * (40001, 40P01), out of memory (53200), a lock or a statement that took too long for the limits of this
 * user (55P03, 57014).
 */
const PASSING_STATES: ReadonlySet<unknown> = new Set(['40001', '40P01', '53200', '55P03', '57014']);
/** The same of a Postgres server; `ledger_read_only`: another one is about to take over. */
const PASSING_PROBLEMS: ReadonlySet<ProblemCode> = new Set([
  'ledger_full',
  'ledger_failing',
  'ledger_read_only',
]);

/** Whether a ledger that failed like this may work again by itself, or once somebody makes room. */
export function isLedgerAway(error: unknown): boolean {
  if (error instanceof LedgerUnreachable) return true;
  if (error instanceof Problem)
    return error.coded !== undefined && PASSING_PROBLEMS.has(error.coded.code);
  if (!(error instanceof Error)) return false;
  if ('code' in error && PASSING_STATES.has(error.code)) return true;
  // An extended code holds the plain one in its last eight bits.
  return 'errcode' in error && PASSING.has(Number(error.errcode) & 0xff);
}

export interface AwayOptions {
  clock: Clock;
  /** How long the ledger may be away, in milliseconds. */
  withinMs: number;
  /** Source of chance, in [0, 1): two that wait do not ask at the same moments. */
  random: () => number;
  /** Ends the wait. */
  signal: AbortSignal;
  /** Called once, with why it is waited for. */
  onAway?: (error: unknown) => void;
}

const BACKOFF = { firstMs: 100, longestMs: 2_000 };

/**
 * Does something to the ledger, and again for as long as it is away. What was done may have been
 * committed although it seems to have failed, so doing it twice must be the same as once.
 *
 * @throws the ledger's error when it stays away, and any other at once
 */
export async function untilLedgerIsBack<T>(
  act: () => Promise<T>,
  { clock, random, withinMs, signal, onAway }: AwayOptions,
): Promise<T> {
  const until = clock.monotonic() + withinMs;
  for (let failures = 1; ; failures++) {
    try {
      return await act();
    } catch (error) {
      if (!isLedgerAway(error) || signal.aborted || clock.monotonic() >= until) throw error;
      if (failures === 1) onAway?.(error);
      await clock.sleep(backoffMs(failures, BACKOFF, random), signal);
    }
  }
}
