/** What the remaining time depends on. Times in seconds. */
export interface Remaining {
  /** Pending pairs. */
  pending: number;
  /** Pairs settled per second recently; 0 without progress. */
  rate: number;
  /** Server seconds per invitation; undefined before the first. */
  costSeconds: number | undefined;
  /** Server seconds of the method: free now, and the limit per window with its length. */
  freeSeconds: number;
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Wait until the next request may be sent. */
  waitSeconds: number;
}

/**
 * Estimates how long the rest of an import takes. The rate alone is too optimistic while the portal's server
 * seconds last, and gives no estimate while the portal makes us wait.
 *
 * @returns seconds, or undefined without any basis
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
