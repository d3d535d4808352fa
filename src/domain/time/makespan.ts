/** The limit that determines the time. */
export type Limit = 'requests' | 'work' | 'operating';

/**
 * The portal's limits that determine the time of a client, and what was learned about the portal. All times in
 * seconds. Infinity stands for a limit that the portal does not have.
 */
export interface Allowance {
  /** Requests in flight at once. */
  concurrency: number;
  /** The leaky bucket: its depth, and how many requests leak out per second. */
  burst: number;
  requestsPerSecond: number;
  /** Server seconds that a method may use within the window, and the window's length. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /**
   * How much of the window's first basket has passed at the first call. Baskets stand on the clock, so what is
   * used at the end of one becomes free that much earlier, once. @default 0
   */
  basketPassedSeconds?: number | undefined;
  /** Share of the server time that counts against the operating limit. @default 1 */
  operatingShare?: number | undefined;
  /** Round trip. @default 0 */
  latencySeconds?: number | undefined;
  /** Share by which each further request in flight slows all work down. @default 0 */
  slowdownPerConcurrent?: number | undefined;
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
  /** Most server seconds of work whose requests are sent one after the other. @default 0 */
  sequentialSeconds?: number;
}

/** The part of the portal's limits that is used at the beginning. */
export interface Used {
  /** Requests in the leaky bucket. */
  bucket: number;
  /** Used server seconds of the method, each with the time until they are free again. */
  operating: readonly { seconds: number; freeInSeconds: number }[];
  /** Server seconds that requests in flight have already worked for the demand. */
  workedSeconds: number;
}

export const UNUSED: Used = { bucket: 0, operating: [], workedSeconds: 0 };

export interface Makespan {
  seconds: number;
  limit: Limit;
  /** The time that each limit alone takes; the largest one is the result. */
  parts: Readonly<Record<Limit, number>>;
}

/**
 * The time from now to the last answer, if the portal behaves as described and the slots are never idle
 * without need. No client within the limits can finish sooner, so it is also a lower bound.
 */
export function makespan(demand: Demand, allowance: Allowance, used: Used = UNUSED): Makespan {
  const work = byWork(demand, allowance, used);
  const parts = {
    requests: byRequests(demand, allowance, used),
    work,
    operating: byOperating(demand, allowance, used, work),
  };
  const limits: readonly Limit[] = ['requests', 'work', 'operating'];
  const limit = limits.reduce((most, other) => (parts[other] > parts[most] ? other : most));
  return { seconds: parts[limit], limit, parts };
}

/** Points of a range, from -1 to 1. */
const RANGE = Array.from({ length: 41 }, (_, at) => (at - 20) / 20);
/** Half of a range that has the standard deviation 1. */
const HALF_RANGE = Math.sqrt(3);

/**
 * The makespan of a demand whose server time is not exactly known: the mean over a range. A little more work
 * can mean another operating window; the mean grows evenly where the time itself jumps.
 *
 * @param deviation standard deviation of the server time, relative
 */
export function expectedMakespan(
  demand: Demand,
  allowance: Allowance,
  used: Used,
  deviation: number,
): Makespan {
  const { workSeconds, operatingSeconds } = demand;
  const half = Math.min(1, deviation * HALF_RANGE);
  const all = RANGE.map((point) => {
    const factor = 1 + half * point;
    const varied = {
      ...{ workSeconds: workSeconds * factor, operatingSeconds: operatingSeconds * factor },
    };
    return makespan({ ...demand, ...varied }, allowance, used).seconds;
  });
  const seconds = all.reduce((sum, one) => sum + one, 0) / all.length;
  return { ...makespan(demand, allowance, used), seconds };
}

/**
 * Until time T the bucket admits at most burst + rate × T requests. The last admitted request still has to be
 * served, and a round trip comes on top.
 */
function byRequests(demand: Demand, allowance: Allowance, { bucket }: Used): number {
  if (demand.requests === 0) return 0;
  const { burst, requestsPerSecond: rate, latencySeconds = 0 } = allowance;
  // Another client that used the burst as well can leave a rate of 0 or less, which gives no bound.
  const waiting = rate > 0 ? Math.max(0, bucket + demand.requests - burst) / rate : 0;
  return waiting + latencySeconds + demand.lastSeconds;
}

/**
 * A slot is occupied from the sending of a request until its answer. The slowdown reduces the work that the
 * slots do in parallel; it does not apply to round trips.
 */
function byWork(
  { workSeconds, requests, sequentialSeconds = 0 }: Demand,
  allowance: Allowance,
  { workedSeconds }: Used,
): number {
  const { concurrency, latencySeconds = 0, slowdownPerConcurrent: share = 0 } = allowance;
  const slots = Array.from(
    { length: concurrency },
    (_, others) => (1 + others) / (1 + share * others),
  );
  const left = Math.max(0, workSeconds - workedSeconds);
  const occupied = left + requests * latencySeconds;
  const sequential = Math.min(left, sequentialSeconds);
  return Math.max(left / Math.max(...slots), occupied / concurrency, sequential);
}

/**
 * The free seconds can be used at once, and each used part again when it is free. Seconds become free one
 * window after the first call of their basket at the latest ("REST API Limits"), so the same pattern repeats
 * window by window. What must wait for a part takes its share of the work's time from then on.
 */
function byOperating(
  { operatingSeconds: needed, workSeconds: all }: Demand,
  allowance: Allowance,
  { operating }: Used,
  workSeconds: number,
): number {
  const { operatingLimitSeconds: limit, operatingWindowSeconds: window } = allowance;
  const { basketPassedSeconds: passed = 0, operatingShare = 1 } = allowance;
  const baskets = operating.toSorted((a, b) => a.freeInSeconds - b.freeInSeconds);
  const usedSeconds = baskets.reduce((sum, { seconds }) => sum + seconds, 0);
  const free = Math.max(0, limit - usedSeconds);
  if (needed <= free + 1e-9) return 0;
  // Others can have used more than our limit: that part serves no one.
  let excess = Math.max(0, usedSeconds - limit);
  const windows = Math.max(0, Math.floor((needed - 1e-9) / limit));
  let rest = needed - windows * limit;
  const tail = () => (rest / operatingShare / all) * workSeconds;
  const begin = windows * window - passed;
  if (rest <= free) return begin + tail();
  rest -= free;
  let last = begin;
  for (const { seconds, freeInSeconds } of baskets) {
    const usable = Math.max(0, seconds - excess);
    excess = Math.max(0, excess - seconds);
    if (usable === 0) continue;
    last = Math.max(last, begin + freeInSeconds + tail());
    if (rest <= usable) break;
    rest -= usable;
  }
  return last;
}
