import type { Redis } from 'ioredis';
import { type BucketLimits, Budget } from '../../src/portal/budget.ts';
import { type ClientOptions, PortalClient } from '../../src/portal/client.ts';
import { Webhook } from '../../src/portal/webhook.ts';

/** Of a bucket that is never in the way. */
const AMPLE: BucketLimits = { requestsPerSecond: 1_000, burst: 1_000 };

let buckets = 0;

/** @returns a budget with a bucket of its own */
export function openBudget(redis: Redis, limits: BucketLimits = AMPLE): Budget {
  buckets += 1;
  return new Budget(redis, `portal-${buckets}.example`, limits);
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
  while ((await budget.reserve(0)).taken) taken += 1;
  return taken;
}
