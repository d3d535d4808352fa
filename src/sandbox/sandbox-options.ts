import { randomBytes } from 'node:crypto';
import { unixNow } from './rest/time-block.ts';
import { defaultSeed, type Seed } from './state/seed.ts';

/** What the portal allows and how long its work takes; can be changed while it runs. */
export interface Limits {
  /** Depth of the leaky bucket, in requests. @default 50 */
  burst: number;
  /** Requests leaking out of the bucket per second; Infinity for no limit. @default 2 */
  requestsPerSecond: number;
  /** Server seconds a method may use within the window; Infinity for no limit. @default 480 */
  operatingLimitSeconds: number;
  /** Length of the sliding window, ten baskets of a tenth each, in seconds. @default 600 */
  operatingWindowSeconds: number;
  /** Calls of this many seconds and less do not enter a basket. @default 0.1 */
  operatingFloorSeconds: number;
  /** Server seconds after which a request is cut, answered with a gateway's 504. @default 60 */
  requestLimitSeconds: number;
  /** Server seconds of each invitation that is actually sent. @default 0.05 */
  inviteSeconds: number;
  /** Server seconds of each call of a reading method. @default 0.005 */
  readSeconds: number;
  /** Server seconds that reading a group takes for each person in it. @default 0 */
  memberReadSeconds: number;
  /** Network round trip added to each request, in milliseconds; no server time. @default 0 */
  latencyMs: number;
  /** Each further request in flight makes all work longer by this share. @default 0 */
  slowdownPerConcurrent: number;
}

/** Methods and fields that some portals do not have. */
export const ABSENT = [
  'app.info',
  'method.get',
  'socialnetwork.api.usertogroup.list',
  'GROUP_MEMBERS_LIST',
  'INVITED_MEMBERS',
] as const;
export type Absent = (typeof ABSENT)[number];

/** How a sandbox starts. */
export interface SandboxOptions extends Limits {
  /** @default 127.0.0.1 */
  host: string;
  /** 0 takes a free port. @default 0 */
  port: number;
  /** The webhook's secret. @default random for each start */
  code: string;
  /** Scopes granted to the webhook. @default sonet_group, socialnetwork, user */
  scopes: readonly string[];
  /**
   * Reports `time.start` in whole seconds and `processing` as 0, as some cloud portals do, which
   * makes `duration` too long by up to a second. @default false
   */
  coarseTime: boolean;
  /** Seconds by which the portal's clock is ahead of the true time. @default 0 */
  clockSkewSeconds: number;
  /** Whether the webhook's user is an administrator; only `profile` reports it. @default false */
  isAdmin: boolean;
  /** The plan, as `app.info` reports it. @default ru_basic */
  license: string;
  /** Methods, and fields of a group, that the portal lacks, as older ones do. @default none */
  absent: readonly Absent[];
  /** Seed of the random numbers that decide which faults strike. @default 1 */
  faultSeed: number;
  /** Users and groups of the portal. @default defaultSeed() */
  seed: Seed;
  /** Unix seconds, for the limits; work takes real time in any case. @default the system's time */
  now: () => number;
}

const DEFAULT_LIMITS: Limits = {
  burst: 50,
  requestsPerSecond: 2,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  operatingFloorSeconds: 0.1,
  requestLimitSeconds: 60,
  inviteSeconds: 0.05,
  readSeconds: 0.005,
  memberReadSeconds: 0,
  latencyMs: 0,
  slowdownPerConcurrent: 0,
};

/** The names of all limits. */
export const LIMIT_NAMES: readonly string[] = Object.keys(DEFAULT_LIMITS);

/** @returns the options with every default filled in; `undefined` stands for the default. */
export function completeOptions(options: Partial<SandboxOptions>): SandboxOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...DEFAULT_LIMITS,
    host: '127.0.0.1',
    port: 0,
    code: randomBytes(8).toString('hex'),
    scopes: ['sonet_group', 'socialnetwork', 'user'],
    coarseTime: false,
    clockSkewSeconds: 0,
    isAdmin: false,
    license: 'ru_basic',
    absent: [],
    faultSeed: 1,
    seed: options.seed ?? defaultSeed(),
    now: unixNow,
    ...Object.fromEntries(given),
  };
}

/** @returns only the limits of the options, as a copy that can be changed. */
export function limitsOf(options: Limits): Limits {
  const limits = { ...DEFAULT_LIMITS };
  return assignLimits(limits, options);
}

/** Overwrites the limits that are given and returns the same object. */
export function assignLimits(limits: Limits, given: Partial<Limits>): Limits {
  const known = Object.entries(given).filter(([name]) => LIMIT_NAMES.includes(name));
  return Object.assign(limits, Object.fromEntries(known));
}
