/** The portal's leaky bucket ("REST API Limits"). */
export interface BucketLimits {
  requestsPerSecond: number;
  burst: number;
}

/** All that a portal limits ("REST API Limits"), and how much of it at once is ours to use. */
export interface BudgetLimits extends BucketLimits {
  /** Server seconds that a method may use within the window. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Requests in flight at once, all workers together. */
  concurrency: number;
}

/**
 * Requests on their way do not arrive as evenly as they left; one place stays free, so that the
 * portal's bucket never sees one more than it holds.
 */
const SAFETY = 1;

/** @returns the limits as the script is told them */
export function limitsForScript(limits: BudgetLimits): string {
  return JSON.stringify({
    rate: limits.requestsPerSecond,
    burst: Math.max(1, limits.burst - SAFETY),
    operating: limits.operatingLimitSeconds,
    window: limits.operatingWindowSeconds * 1_000,
    slots: limits.concurrency,
  });
}
