import { type Allowance, type LeastTime, lowerBound } from '../../src/domain/time/lower-bound.ts';

/** The work and its limits. All times in seconds. */
export interface Load extends Required<Allowance> {
  /** Number of users to invite to each group. */
  groupSizes: readonly number[];
  /** Server time of one invitation. */
  inviteSeconds: number;
  /** Accepted requests per second of another client of the same bucket. */
  otherPerSecond: number;
  /** Longest server time of a request. */
  requestLimitSeconds: number;
  /** Calls up to this server time do not count as operating time. */
  operatingFloorSeconds: number;
}

export interface MakespanBound extends LeastTime {
  fewestRequests: number;
}

const COMMANDS_PER_REQUEST = 50;
const USERS_PER_COMMAND = 500;

/** Explanation of the bound, printed above the table. */
export const BOUND_IN_WORDS = [
  'bound = the largest of three; no client that keeps the limits can beat any of them:',
  '  requests   (fewest requests − burst) / rate + latency and one invitation of the last request;',
  '             fewest: 50 commands of 500 users of one group, 60 server seconds per request;',
  '             with a second client: the rate minus its accepted requests per second',
  '  work       (server seconds + a latency for each of the fewest requests) / concurrency',
  '  operating  the limit per window;',
  '             n full windows take n × window − one basket (a tenth), then the rest over all slots;',
  '             0 if a single invitation is too short to count',
  'The bound is loose where two limits alternate. The portal completes the call that exceeds the',
  'operating limit: a client that exploits this would gain one command per slot and window.',
];

/** @returns the shortest possible time from the first request to the last answer */
export function makespanBound(load: Load): MakespanBound {
  const requests = fewestRequests(load);
  const work = workSeconds(load);
  const counts = load.inviteSeconds > load.operatingFloorSeconds;
  const bound = lowerBound(
    {
      requests,
      workSeconds: work,
      operatingSeconds: counts ? work : 0,
      lastSeconds: load.inviteSeconds,
    },
    { ...load, requestsPerSecond: load.requestsPerSecond - load.otherPerSecond },
  );
  return { ...bound, fewestRequests: requests };
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
