import { type Allowance, type LeastTime, leastTime } from '../../src/domain/time/lower-bound.ts';

/** The work and what limits it. All times in seconds. */
export interface Load extends Required<Allowance> {
  /** How many people are to be invited to each group. */
  groupSizes: readonly number[];
  /** Server time of one invitation. */
  inviteSeconds: number;
  /** Requests per second that another client of the same bucket gets through. */
  otherPerSecond: number;
  /** Server time that a request may take. */
  requestLimitSeconds: number;
  /** Calls of this and less do not count as operating. */
  operatingFloorSeconds: number;
}

export interface LowerBound extends LeastTime {
  fewestRequests: number;
}

const COMMANDS_PER_REQUEST = 50;
const USERS_PER_COMMAND = 500;

/** The bound in words, for the head of the table. */
export const BOUND_IN_WORDS = [
  'bound = the largest of three, none of which a client can beat that keeps within the limits:',
  '  requests   (fewest requests − burst) / rate, + latency and one invitation of the last one;',
  '             fewest: 50 commands of 500 users of one group, 60 server seconds a request;',
  '             beside a second client: rate less what that client got through meanwhile',
  '  work       (server seconds + a latency for each of the fewest requests) / concurrency',
  '  operating  per window the limit;',
  '             n full windows take n × window − one basket (a tenth), then the rest in all slots;',
  '             0 where a lone invitation is too short to count',
  'It is loose where two limits bind by turns. The portal lets the call that crosses the operating',
  'limit end: a client that aims at that would gain one command a slot and window.',
];

/** @returns the least time in which the work can be done, from the first request to the last answer */
export function lowerBound(load: Load): LowerBound {
  const requests = fewestRequests(load);
  const work = workSeconds(load);
  const counts = load.inviteSeconds > load.operatingFloorSeconds;
  const bound = leastTime(
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

/** @returns how few requests can carry the pairs: full ones, none running into the time limit */
export function fewestRequests(load: Load): number {
  const largest = largestCommand(load);
  const commands = load.groupSizes.reduce((sum, size) => sum + Math.ceil(size / largest), 0);
  const byTime = Math.ceil(workSeconds(load) / load.requestLimitSeconds - 1e-9);
  return Math.max(Math.ceil(commands / COMMANDS_PER_REQUEST), byTime);
}

/** Users that a command can hold without running into the request's time limit. */
function largestCommand({ inviteSeconds, requestLimitSeconds }: Load): number {
  if (inviteSeconds === 0) return USERS_PER_COMMAND;
  const inTime = Math.floor(requestLimitSeconds / inviteSeconds + 1e-9);
  return Math.max(1, Math.min(USERS_PER_COMMAND, inTime));
}

const workSeconds = ({ groupSizes, inviteSeconds }: Load): number =>
  groupSizes.reduce((sum, size) => sum + size, 0) * inviteSeconds;
