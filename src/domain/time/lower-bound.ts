/** What keeps work from being done sooner. */
export type Limit = 'requests' | 'work' | 'operating';

/** What a portal allows a client, as far as it takes time. All times in seconds. */
export interface Allowance {
  /** Requests in flight at once. */
  concurrency: number;
  /** The leaky bucket: its depth, and how many requests leak out per second. */
  burst: number;
  requestsPerSecond: number;
  /** Server seconds that a method may use within the window. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Round trip. @default 0 */
  latencySeconds?: number;
  /** Each further request in flight makes all work longer by this share. @default 0 */
  slowdownPerConcurrent?: number;
}

/** What has to be done. */
export interface Demand {
  requests: number;
  /** Server seconds of all of it. */
  workSeconds: number;
  /** Those of them that the portal counts against the operating limit. */
  operatingSeconds: number;
  /** Server seconds of the last request at least. */
  lastSeconds: number;
}

export interface LeastTime {
  /** No client that keeps within the limits can be done sooner. */
  seconds: number;
  limit: Limit;
  /** The three bounds of which it is the largest. */
  parts: Readonly<Record<Limit, number>>;
}

/** The window's baskets, of which each expires as a whole ("REST API Limits"). */
const BASKETS = 10;

/** @returns the least time from the first request to the last answer */
export function leastTime(demand: Demand, allowance: Allowance): LeastTime {
  const parts = {
    requests: byRequests(demand, allowance),
    work: byWork(demand, allowance),
    operating: byOperating(demand, allowance),
  };
  const limits: readonly Limit[] = ['requests', 'work', 'operating'];
  const limit = limits.reduce((most, other) => (parts[other] > parts[most] ? other : most));
  return { seconds: parts[limit], limit, parts };
}

/**
 * Until a moment T the bucket lets in at most burst + rate × T requests. The last one to be let in
 * still has to be served, and both halves of a round trip lie outside.
 */
function byRequests(demand: Demand, allowance: Allowance): number {
  if (demand.requests === 0) return 0;
  const { burst, requestsPerSecond: rate, latencySeconds = 0 } = allowance;
  // A client that lived on the burst as well says nothing of the rate.
  const waiting = rate > 0 ? Math.max(0, demand.requests - burst) / rate : 0;
  return waiting + latencySeconds + demand.lastSeconds;
}

/**
 * A slot is taken from when a request leaves to when its answer is there. The slowdown makes fewer
 * slots' worth of work out of the slots, and never counts against a round trip.
 */
function byWork({ workSeconds, requests }: Demand, allowance: Allowance): number {
  const { concurrency, latencySeconds = 0, slowdownPerConcurrent: share = 0 } = allowance;
  const slots = Array.from(
    { length: concurrency },
    (_, others) => (1 + others) / (1 + share * others),
  );
  const occupied = workSeconds + requests * latencySeconds;
  return Math.max(workSeconds / Math.max(...slots), occupied / concurrency);
}

/**
 * A window takes the limit: of a client that keeps within it, not one that lets its calls cross it.
 * Used seconds come back a window after the first call of their basket, which began up to a
 * basket's length earlier; as baskets lie on a fixed grid, that is won once and not in each window.
 */
function byOperating({ operatingSeconds }: Demand, allowance: Allowance): number {
  const { operatingWindowSeconds: window, operatingLimitSeconds: perWindow } = allowance;
  const windows = Math.max(0, Math.floor((operatingSeconds - 1e-9) / perWindow));
  if (windows === 0) return 0;
  const rest = operatingSeconds - windows * perWindow;
  return windows * window - window / BASKETS + rest / allowance.concurrency;
}
