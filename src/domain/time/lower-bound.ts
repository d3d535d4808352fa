/** The limit that determines the least time. */
export type Limit = 'requests' | 'work' | 'operating';

/** The portal's limits that determine the time of a client. All times in seconds. */
export interface Allowance {
  /** Requests in flight at once. */
  concurrency: number;
  /** The leaky bucket: its depth, and how many requests leak out per second. */
  burst: number;
  requestsPerSecond: number;
  /** Server seconds that a method may use within the window, and the window's length. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Round trip. @default 0 */
  latencySeconds?: number;
  /** Share by which each further request in flight slows all work down. @default 0 */
  slowdownPerConcurrent?: number;
}

/** The work to do. */
export interface Demand {
  requests: number;
  /** Server seconds of all requests. */
  workSeconds: number;
  /** Server seconds that the portal counts against the operating limit. */
  operatingSeconds: number;
  /** Least server seconds of the last request. */
  lastSeconds: number;
}

export interface LeastTime {
  /** No client within the limits can finish sooner. */
  seconds: number;
  limit: Limit;
  /** The three bounds; the largest one is the result. */
  parts: Readonly<Record<Limit, number>>;
}

/** Number of the window's baskets; each expires as a whole ("REST API Limits"). */
const BASKETS = 10;

/** @returns the least time from the first request to the last answer */
export function lowerBound(demand: Demand, allowance: Allowance): LeastTime {
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
 * Until time T the bucket admits at most burst + rate × T requests. The last admitted request still has to be
 * served, and a round trip comes on top.
 */
function byRequests(demand: Demand, allowance: Allowance): number {
  if (demand.requests === 0) return 0;
  const { burst, requestsPerSecond: rate, latencySeconds = 0 } = allowance;
  // Another client that used the burst as well can leave a rate of 0 or less, which gives no bound.
  const waiting = rate > 0 ? Math.max(0, demand.requests - burst) / rate : 0;
  return waiting + latencySeconds + demand.lastSeconds;
}

/**
 * A slot is occupied from the sending of a request until its answer. The slowdown reduces the work that the
 * slots do in parallel; it does not apply to round trips.
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
 * Each window admits the limit's seconds, for a client that stays within the limit. Used seconds become
 * free one window after the first call of their basket, which began up to a basket's length earlier. As
 * baskets lie on a fixed grid, that gain occurs once and not in each window.
 */
function byOperating({ operatingSeconds }: Demand, allowance: Allowance): number {
  const { operatingWindowSeconds: window, operatingLimitSeconds: perWindow } = allowance;
  const windows = Math.max(0, Math.floor((operatingSeconds - 1e-9) / perWindow));
  if (windows === 0) return 0;
  const rest = operatingSeconds - windows * perWindow;
  return windows * window - window / BASKETS + rest / allowance.concurrency;
}
