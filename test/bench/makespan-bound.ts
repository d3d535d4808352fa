import { type Allowance, type Makespan, makespan } from '../../src/domain/time/makespan.ts';
import type { Limits } from '../../src/sandbox/sandbox-options.ts';

/** The work and its limits. All times in seconds. */
export interface Load extends Allowance {
  latencySeconds: number;
  /** Number of users to invite to each group. */
  groupSizes: readonly number[];
  /** Server time of one invitation. */
  inviteSeconds: number;
  /** Accepted requests per second of another client of the same bucket. */
  otherPerSecond: number;
  /** Longest server time of a request. */
  requestLimitSeconds: number;
  /** A method that takes no longer in a request does not count as operating time. */
  operatingFloorSeconds: number;
  /** Who is billed for the time of a batch. */
  billing: Limits['billing'];
}

export interface MakespanBound extends Makespan {
  fewestRequests: number;
}

/** Number of the window's baskets ("REST API Limits"). */
const BASKETS = 10;
const COMMANDS_PER_REQUEST = 50;
const USERS_PER_COMMAND = 500;

/** Explanation of the bound, printed above the table. */
export const BOUND_IN_WORDS = [
  'bound = the largest of three; no client that keeps the limits can beat any of them:',
  '  requests   (fewest requests − burst) / rate + latency and one invitation of the last request;',
  '             fewest: 50 commands of 500 users of one group, 60 server seconds per request;',
  '             with a second client: the rate minus its accepted requests per second',
  '  work       (server seconds + a latency for each of the fewest requests) / concurrency',
  '  operating  the limit per window, twice the limit where only the batch is billed, at half its time;',
  '             n full windows take n × window − one basket (a tenth), then the rest over all slots;',
  '             without the seconds of requests that are too short to be billed',
  'The bound is loose where two limits alternate. The portal completes the call that exceeds the',
  'operating limit: a client that exploits this would gain one command per slot and window. Where only',
  'the batch is billed, it is the bound for clients that send batches: single calls are billed elsewhere.',
];

/** The share of its time that a batch is billed for, on servers that bill it. */
const BATCH_SHARE = 0.5;

/** @returns the shortest possible time from the first request to the last answer */
export function makespanBound(load: Load): MakespanBound {
  const requests = fewestRequests(load);
  const work = workSeconds(load);
  // Where the commands are billed too, they reach the limit first.
  const share = load.billing.startsWith('outer') ? BATCH_SHARE : 1;
  const perWindow = load.operatingLimitSeconds / share;
  const freePerRequest = unbilledSeconds(load, share);
  const rate = load.requestsPerSecond - load.otherPerSecond;
  const hasFree = freePerRequest > 0;
  const bound = makespan(
    {
      requests,
      workSeconds: work,
      operatingSeconds: Math.max(0, work - (hasFree ? load.burst * freePerRequest : 0)),
      lastSeconds: load.inviteSeconds,
    },
    {
      ...load,
      requestsPerSecond: rate,
      basketPassedSeconds: load.operatingWindowSeconds / BASKETS,
      operatingLimitSeconds:
        perWindow + (hasFree ? rate * load.operatingWindowSeconds * freePerRequest : 0),
    },
  );
  return { ...bound, fewestRequests: requests };
}

/** @returns the most server seconds of invitations in a request that is too short to be billed */
function unbilledSeconds({ inviteSeconds, operatingFloorSeconds }: Load, share: number): number {
  if (inviteSeconds === 0) return 0;
  return Math.floor(operatingFloorSeconds / share / inviteSeconds + 1e-9) * inviteSeconds;
}

/** @returns the smallest number of requests for the pairs: full ones within the time limit */
export function fewestRequests(load: Load): number {
  const largest = largestCommand(load);
  const commands = load.groupSizes.reduce((sum, size) => sum + Math.ceil(size / largest), 0);
  const byTime = Math.ceil(workSeconds(load) / load.requestLimitSeconds - 1e-9);
  return Math.max(Math.ceil(commands / COMMANDS_PER_REQUEST), byTime);
}

/** @returns the number of users per command that stays within the request's time limit */
function largestCommand({ inviteSeconds, requestLimitSeconds }: Load): number {
  if (inviteSeconds === 0) return USERS_PER_COMMAND;
  const inTime = Math.floor(requestLimitSeconds / inviteSeconds + 1e-9);
  return Math.max(1, Math.min(USERS_PER_COMMAND, inTime));
}

const workSeconds = ({ groupSizes, inviteSeconds }: Load): number =>
  groupSizes.reduce((sum, size) => sum + size, 0) * inviteSeconds;
