import { type ClockReading, clockOffset } from '../../domain/time/clock-reading.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** A smaller difference has no effect, in seconds. */
const TOLERANCE_SECONDS = 30;

/** @param mostSeconds largest difference that counts as agreement */
export function checkClock(reading: ClockReading, mostSeconds = TOLERANCE_SECONDS): SetUpFinding {
  const difference = clockOffset(reading);
  const seconds = Math.round(Math.abs(difference));
  if (seconds <= mostSeconds) return finding('clock_agrees', { seconds: Math.max(1, seconds) });
  return finding(difference > 0 ? 'clock_ahead' : 'clock_behind', { seconds });
}
