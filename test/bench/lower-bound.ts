/** The work and what limits it. All times in seconds. */
export interface Load {
  /** How many people are to be invited to each group. */
  groupSizes: readonly number[];
  /** Server time of one invitation. */
  inviteSeconds: number;
  /** Requests in flight at once. */
  concurrency: number;
  /** The leaky bucket: its depth, and how many requests leak out per second. */
  burst: number;
  requestsPerSecond: number;
  /** Requests per second that another client of the same bucket gets through. */
  otherPerSecond: number;
  /** Round trip. */
  latencySeconds: number;
  /** Server time that a request may take. */
  requestLimitSeconds: number;
  /** Each further request in flight makes all work longer by this share. */
  slowdownPerConcurrent: number;
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Calls of this and less do not count as operating. */
  operatingFloorSeconds: number;
}

/** Which limit keeps the work from being done sooner. */
export type Limit = 'requests' | 'work' | 'operating';

export interface LowerBound {
  /** No client that keeps to the concurrency can be done sooner. */
  seconds: number;
  limit: Limit;
  /** The three bounds of which it is the largest. */
  parts: Readonly<Record<Limit, number>>;
  fewestRequests: number;
}

const COMMANDS_PER_REQUEST = 50;
const USERS_PER_COMMAND = 500;
/** The window's baskets, of which each expires as a whole. */
const BASKETS = 10;

/** The bound in words, for the head of the table. */
export const BOUND_IN_WORDS = [
  'bound = the largest of three, none of which a client can beat that keeps within the limits:',
  '  requests   (fewest requests − burst) / rate, + latency and one invitation of the last one;',
  '             fewest: 50 commands of 500 users of one group, 60 server seconds a request;',
  '             beside a second client: rate less what that client got through meanwhile',
  '  work       (server seconds + a latency for each of the fewest requests) / concurrency',
  '  operating  per window the limit;',
  '             n full windows take n × window − one basket (a tenth), then the rest in all lanes;',
  '             0 where a lone invitation is too short to count',
  'It is loose where two limits bind by turns. The portal lets the call that crosses the operating',
  'limit end: a client that aims at that would gain one command a lane and window.',
];

/** @returns the least time in which the work can be done, from the first request to the last answer */
export function lowerBound(load: Load): LowerBound {
  const parts = { requests: byRequests(load), work: byWork(load), operating: byOperating(load) };
  const limits: readonly Limit[] = ['requests', 'work', 'operating'];
  const limit = limits.reduce((most, other) => (parts[other] > parts[most] ? other : most));
  return { seconds: parts[limit], limit, parts, fewestRequests: fewestRequests(load) };
}

/** @returns how few requests can carry the pairs: full ones, none running into the time limit */
export function fewestRequests(load: Load): number {
  const largest = largestCommand(load);
  const commands = load.groupSizes.reduce((sum, size) => sum + Math.ceil(size / largest), 0);
  const byTime = Math.ceil(workSeconds(load) / load.requestLimitSeconds - 1e-9);
  return Math.max(Math.ceil(commands / COMMANDS_PER_REQUEST), byTime);
}

/**
 * Until a moment T the bucket lets in at most burst + rate × T requests, those of the other client
 * among them. The last request to be let in still has to do at least one invitation, and both
 * halves of a round trip lie outside.
 */
function byRequests(load: Load): number {
  if (pairs(load) === 0) return 0;
  const rate = load.requestsPerSecond - load.otherPerSecond;
  // A client that lived on the burst as well says nothing of the rate.
  const waiting = rate > 0 ? Math.max(0, fewestRequests(load) - load.burst) / rate : 0;
  return waiting + load.latencySeconds + load.inviteSeconds;
}

/**
 * A lane is taken from when a request leaves to when its answer is there. The slowdown makes fewer
 * lanes' worth of work out of the lanes, and never counts against a round trip.
 */
function byWork(load: Load): number {
  const { concurrency, latencySeconds, slowdownPerConcurrent: share } = load;
  const work = workSeconds(load);
  const lanes = Array.from(
    { length: concurrency },
    (_, others) => (1 + others) / (1 + share * others),
  );
  const occupied = work + fewestRequests(load) * latencySeconds;
  return Math.max(work / Math.max(...lanes), occupied / concurrency);
}

/**
 * A window takes the limit: of a client that keeps within it, not one that lets its calls cross it.
 * Used seconds come back a window after the first
 * call of their basket, which began up to a basket's length earlier; as baskets lie on a fixed
 * grid, that is won once and not in each window.
 */
function byOperating(load: Load): number {
  const { operatingWindowSeconds: window, concurrency, inviteSeconds } = load;
  if (inviteSeconds <= load.operatingFloorSeconds) return 0;
  const perWindow = load.operatingLimitSeconds;
  const work = workSeconds(load);
  const windows = Math.max(0, Math.floor((work - 1e-9) / perWindow));
  if (windows === 0) return 0;
  return windows * window - window / BASKETS + (work - windows * perWindow) / concurrency;
}

/** Users that a command can hold without running into the request's time limit. */
function largestCommand({ inviteSeconds, requestLimitSeconds }: Load): number {
  if (inviteSeconds === 0) return USERS_PER_COMMAND;
  const inTime = Math.floor(requestLimitSeconds / inviteSeconds + 1e-9);
  return Math.max(1, Math.min(USERS_PER_COMMAND, inTime));
}

const pairs = ({ groupSizes }: Load): number => groupSizes.reduce((sum, size) => sum + size, 0);

const workSeconds = (load: Load): number => pairs(load) * load.inviteSeconds;
