import type { Redis } from 'ioredis';
import { Budget } from '../../src/portal/budget/budget.ts';
import type { BudgetLimits } from '../../src/portal/budget/budget-limits.ts';
import { PortalClient } from '../../src/portal/http/client.ts';
import type { ClientOptions } from '../../src/portal/http/client-options.ts';
import { Webhook } from '../../src/portal/http/webhook.ts';

/** Limits of a bucket that never fills up. */
const AMPLE = { requestsPerSecond: 1_000, burst: 1_000 };

/** Limits for tests that are about something else. */
export const UNLIMITED: BudgetLimits = {
  ...AMPLE,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  concurrency: 4,
};

let buckets = 0;

/**
 * @param now Unix milliseconds; @default Redis's time
 * @returns a budget with a bucket of its own
 */
export function openBudget(
  redis: Redis,
  limits: Partial<BudgetLimits> = {},
  now?: () => number,
): Budget {
  buckets += 1;
  return new Budget(redis, `portal-${buckets}.example`, { ...UNLIMITED, ...limits }, now);
}

/** @returns a client that hardly pauses between its tries by default */
export function openClient(
  url: string,
  budget: Budget,
  options: Partial<ClientOptions> = {},
): PortalClient {
  const webhook = Webhook.parse(url);
  if (!(webhook instanceof Webhook)) throw new Error(`The webhook ${webhook}.`);
  const defaults = { timeoutMs: 90_000, firstPauseMs: 1 };
  return new PortalClient({ webhook, budget, version: '9.8.7', ...defaults, ...options });
}

/** Takes all places that are free now; @returns their number. */
export async function takeFreePlaces(budget: Budget): Promise<number> {
  let taken = 0;
  while ((await budget.take(0)).taken) taken += 1;
  return taken;
}
