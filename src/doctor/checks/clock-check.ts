import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** A smaller difference has no effect, in seconds. */
const TOLERANCE_SECONDS = 30;

/** Reading of another clock, between two readings of this machine's, in Unix seconds. */
export interface ClockReading {
  readonly there: number;
  readonly before: number;
  readonly after: number;
}

/**
 * @param mostSeconds largest difference that counts as agreement
 * @returns whether another clock and this machine's agree
 */
export function checkClock(
  { there, before, after }: ClockReading,
  mostSeconds = TOLERANCE_SECONDS,
): SetUpFinding<'clock_agrees' | 'clock_ahead' | 'clock_behind'> {
  // Only the part that no delay on the way explains.
  const difference = there > after ? there - after : Math.min(0, there - before);
  const seconds = Math.round(Math.abs(difference));
  if (seconds <= mostSeconds) return finding('clock_agrees', { seconds: Math.max(1, seconds) });
  return finding(difference > 0 ? 'clock_ahead' : 'clock_behind', { seconds });
}
