import { z } from 'zod';
import { LIMIT_SOURCES } from '../../domain/portal/plan.ts';
import { type LimitSettings, type LimitsInUse, limitsWithoutPlan } from './budget-limits.ts';

/** State of the budget at one moment. */
export interface BudgetView {
  /** Requests in the bucket; above the burst they queue. */
  level: number;
  /** Server seconds that the method has used within the window. */
  usedSeconds: number;
  inFlight: number;
  /** Server seconds of one invitation; undefined until answers have shown them. */
  costSeconds: number | undefined;
  /** The same of the last few requests, which the size of the next one follows. */
  recentCostSeconds: number | undefined;
  /** Relative variances: of the cost from request to request, and of the learned one around the true one. */
  costVariance: { perRequest: number; ofMean: number };
  /** Milliseconds until the next request may leave, and what is short until then. */
  waitMs: number;
  waitFor: 'requests' | 'operating';
  limits: LimitsInUse;
  /** Share of the server time of inviting that is billed, and the billed seconds that we use of a window. */
  operatingShare: number;
  allowedOperatingSeconds: number;
  /** The billed seconds of the window in parts, each with the milliseconds until it is free again. */
  baskets: readonly { seconds: number; freeInMs: number }[];
  /** Server seconds that the requests in flight have worked by now, as predicted. */
  workedSeconds: number;
  /** Time of a request besides its server seconds; 0 until answers have shown it. */
  latencySeconds: number;
  /** Places of the bucket that other clients take per second; 0 until refusals have shown it. */
  othersPerSecond: number;
}

/** The budget of a portal of which nothing is known. */
export const NO_BUDGET_USED: BudgetView = {
  ...{ level: 0, usedSeconds: 0, inFlight: 0, costSeconds: undefined },
  recentCostSeconds: undefined,
  costVariance: { perRequest: 0, ofMean: 0 },
  ...{ waitMs: 0, waitFor: 'requests', baskets: [], workedSeconds: 0 },
  ...{ latencySeconds: 0, othersPerSecond: 0, operatingShare: 1 },
  allowedOperatingSeconds: Number.POSITIVE_INFINITY,
  limits: limitsWithoutPlan({ operatingWindowSeconds: 600, concurrency: 4 }),
};

const Source = z.enum(LIMIT_SOURCES);
const Limits = z.object({
  rate: z.number().optional(),
  burst: z.number().optional(),
  operating: z.number().optional(),
  sources: z.object({ rate: Source, burst: Source, operating: Source }),
});

const ViewFields = z.object({
  level: z.number(),
  used: z.number(),
  out: z.number(),
  cost: z.object({ cost: z.number(), noise: z.number(), share: z.number() }).optional(),
  recent: z.number().optional(),
  wait: z.number(),
  why: z.enum(['requests', 'operating']),
  limits: Limits,
  baskets: z.array(z.object({ seconds: z.number(), free: z.number() })).default([]),
  share: z.number(),
  allowed: z.number().default(Number.POSITIVE_INFINITY),
  worked: z.number(),
  way: z.number().default(0),
  others: z.number().default(0),
});

/**
 * @param json answer of the script's `view`
 * @param settings those that the script was given
 */
export function readView(json: string, settings: LimitSettings): BudgetView {
  const { level, used, out, cost, wait, why, ...more } = ViewFields.parse(JSON.parse(json));
  return {
    ...{ level, usedSeconds: used, inFlight: out, costSeconds: cost?.cost },
    recentCostSeconds: more.recent,
    costVariance: cost
      ? { perRequest: cost.noise, ofMean: cost.noise * cost.share }
      : NO_BUDGET_USED.costVariance,
    ...{ waitMs: wait, waitFor: why, limits: inUse(more.limits, settings) },
    ...{ workedSeconds: more.worked, latencySeconds: more.way, othersPerSecond: more.others },
    ...{ operatingShare: more.share, allowedOperatingSeconds: more.allowed },
    baskets: more.baskets.map(({ seconds, free }) => ({ seconds, freeInMs: free })),
  };
}

/** @param json answer of the script's `limits` */
export const readLimits = (json: string, settings: LimitSettings): LimitsInUse =>
  inUse(Limits.parse(JSON.parse(json)), settings);

function inUse(
  { rate, burst, operating, sources }: z.infer<typeof Limits>,
  { operatingWindowSeconds, concurrency }: LimitSettings,
): LimitsInUse {
  return {
    requestsPerSecond: rate ?? Number.POSITIVE_INFINITY,
    burst: burst ?? Number.POSITIVE_INFINITY,
    operatingLimitSeconds: operating ?? Number.POSITIVE_INFINITY,
    ...{ operatingWindowSeconds, concurrency },
    sources: {
      requestsPerSecond: sources.rate,
      burst: sources.burst,
      operatingLimitSeconds: sources.operating,
    },
  };
}
