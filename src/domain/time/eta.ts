/** What the time that is left depends on. Times in seconds. */
export interface Remaining {
  /** Pairs that wait for their outcome. */
  pending: number;
  /** Pairs settled per second, lately; 0 when nothing moves. */
  rate: number;
  /** Server seconds of one invitation; undefined before the first. */
  costSeconds: number | undefined;
  /** Server seconds of the method that are free now, and all within a window. */
  freeSeconds: number;
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Until the next request may leave. */
  waitSeconds: number;
}

/**
 * How long the rest of an import takes. The rate alone promises too much as long as the portal's
 * seconds last, and nothing at all while it makes us wait.
 *
 * @returns seconds, or undefined when there is nothing to go by
 */
export function etaSeconds(remaining: Remaining): number | undefined {
  const { pending, rate, costSeconds, waitSeconds } = remaining;
  if (pending === 0) return 0;
  const bySpeed = rate > 0 ? pending / rate : undefined;
  if (costSeconds === undefined) return bySpeed;
  const { freeSeconds, operatingLimitSeconds, operatingWindowSeconds } = remaining;
  const beyond = Math.max(0, pending * costSeconds - Math.max(0, freeSeconds));
  const byPortal = (beyond / operatingLimitSeconds) * operatingWindowSeconds;
  const least = Math.max(byPortal, waitSeconds);
  return bySpeed === undefined && least === 0 ? undefined : Math.max(bySpeed ?? 0, least);
}
