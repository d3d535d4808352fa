/** The portal's leaky bucket ("REST API Limits"). */
export interface BucketLimits {
  requestsPerSecond: number;
  burst: number;
}

/** All limits of a portal ("REST API Limits"), and the number of requests that we keep in flight. */
export interface BudgetLimits extends BucketLimits {
  /** Server seconds that a method may use within the window. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Requests in flight at once, all workers together. */
  concurrency: number;
}

/**
 * Requests do not arrive as evenly as they left; one place stays free, so that the portal's bucket
 * never gets one more than it holds.
 */
const SAFETY = 1;

/** @returns the limits in the form that the script takes */
export function limitsForScript(limits: BudgetLimits): string {
  return JSON.stringify({
    rate: limits.requestsPerSecond,
    burst: Math.max(1, limits.burst - SAFETY),
    operating: limits.operatingLimitSeconds,
    window: limits.operatingWindowSeconds * 1_000,
    slots: limits.concurrency,
  });
}
