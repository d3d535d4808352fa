import type { Redis } from 'ioredis';
import { Budget } from '../../src/portal/budget/budget.ts';
import type { BudgetLimits } from '../../src/portal/budget/limits.ts';
import { type ClientOptions, PortalClient } from '../../src/portal/client.ts';
import { Webhook } from '../../src/portal/webhook.ts';

/** Of a bucket that is never in the way. */
const AMPLE = { requestsPerSecond: 1_000, burst: 1_000 };

/** Of limits that a test is not about. */
export const UNLIMITED: BudgetLimits = {
  ...AMPLE,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  concurrency: 4,
};

let buckets = 0;

/** @returns a budget with a bucket of its own */
export function openBudget(redis: Redis, limits: Partial<BudgetLimits> = {}): Budget {
  buckets += 1;
  return new Budget(redis, `portal-${buckets}.example`, { ...UNLIMITED, ...limits });
}

/** @returns a client with a bucket of its own that is never in the way, unless told else */
export function openClient(
  url: string,
  budget: Budget,
  options: Partial<ClientOptions> = {},
): PortalClient {
  const webhook = Webhook.parse(url);
  if (!(webhook instanceof Webhook)) throw new Error(`The webhook ${webhook}.`);
  return new PortalClient({ webhook, budget, timeoutMs: 10_000, version: '9.8.7', ...options });
}

/** Takes all places that are free now and @returns how many they were. */
export async function takeFreePlaces(budget: Budget): Promise<number> {
  let taken = 0;
  while ((await budget.take(0)).taken) taken += 1;
  return taken;
}
