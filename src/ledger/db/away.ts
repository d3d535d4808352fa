import { backoffMs } from '../../domain/time/backoff.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { isProblem } from '../../messages/problems.ts';
import { LedgerUnreachable } from './ledger-unreachable.ts';

/** SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL: errors that can pass without a restart. */
const PASSING: ReadonlySet<number> = new Set([5, 6, 10, 13]);
/** Serialization failure, deadlock, out of memory, lock or statement timeout of this user. */
const PASSING_STATES: ReadonlySet<unknown> = new Set(['40001', '40P01', '53200', '55P03', '57014']);
/** The same as explained problems; `ledger_read_only`: a failover to another server is under way. */
const PASSING_PROBLEMS = [
  'ledger_full',
  'ledger_disk_full',
  'ledger_failing',
  'ledger_read_only',
] as const;

/** Whether a ledger that failed with this error can recover without a restart of this process. */
export function isLedgerAway(error: unknown): boolean {
  if (error instanceof LedgerUnreachable || isProblem(error, ...PASSING_PROBLEMS)) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && PASSING_STATES.has(error.code)) return true;
  // An extended result code holds the primary one in its lowest eight bits.
  return 'errcode' in error && PASSING.has(Number(error.errcode) & 0xff);
}

export interface AwayOptions {
  clock: Clock;
  /** Longest wait for the ledger, in milliseconds. */
  withinMs: number;
  /** Source of randomness in [0, 1), so that several waiting callers do not retry at the same time. */
  random: () => number;
  signal: AbortSignal;
  /** Called once, with the error that caused the wait. */
  onAway?: (error: unknown) => void;
}

const BACKOFF = { firstMs: 100, longestMs: 2_000 };

/**
 * Runs an idempotent action on the ledger, and retries it while the ledger is unavailable.
 *
 * @throws the ledger's error when the wait is over, and any other error at once
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
