import { randomBytes } from 'node:crypto';
import { type Plan, planOf } from '../domain/portal/plan.ts';
import { unixNow } from './rest/time-block.ts';
import type { OPERATING } from './state/operating-baskets.ts';
import { defaultSeed, type Seed } from './state/seed.ts';
import { DEFAULT_VARIANTS, type Variants } from './variants.ts';

/** Who is billed for the time of a batch; a single call is always billed to its method. */
export const BILLING = [
  /** The methods of its commands, as the documentation says. */
  'inner',
  /** The method `batch`, with half the time of the whole batch. */
  'outer',
  /** Both, as on newer servers. */
  'both',
  /** `batch`, and the time of each command shows its figure, as seen on a self-hosted portal. */
  'outer_everywhere',
] as const;

/** What the portal allows and how long its work takes; can be changed while it runs. */
export interface Limits {
  /** Depth of the leaky bucket, in requests. @default 50 */
  burst: number;
  /** Requests leaking out of the bucket per second; Infinity for no limit. @default 2 */
  requestsPerSecond: number;
  /** What happens to a call above the operating limit. @default baskets */
  operating: (typeof OPERATING)[number];
  /** Who is billed for the time of a batch. @default inner */
  billing: (typeof BILLING)[number];
  /**
   * Server seconds a method may use within the window. @default 480. Infinity for no limit; then
   * answers have no `operating`.
   */
  operatingLimitSeconds: number;
  /** Length of the sliding window, ten baskets of a tenth each, in seconds. @default 600 */
  operatingWindowSeconds: number;
  /** A method that takes this many seconds and less in a request enters no basket. @default 0.1 */
  operatingFloorSeconds: number;
  /** With `operating: 'ban'`, how long a method is blocked, in seconds. @default 300 */
  operatingBanSeconds: number;
  /** Server seconds after which a request is cut, answered with a gateway's 504. @default 60 */
  requestLimitSeconds: number;
  /** Server seconds of each invitation, notification or changed membership. @default 0.05 */
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

/** Methods, in lower case, and fields of answers that some portals do not have. */
export const ABSENT = [
  'app.info',
  'method.get',
  'profile',
  'scope',
  'server.time',
  'user.admin',
  'socialnetwork.api.usertogroup.list',
  'socialnetwork.api.usertogroup.cancelinvite',
  'GROUP_MEMBERS_LIST',
  'INVITED_MEMBERS',
  'time',
] as const;
export type Absent = (typeof ABSENT)[number];

/** How a sandbox starts. */
export interface SandboxOptions extends Limits, Variants {
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
  /**
   * Whether the webhook's user is an administrator, who may invite into every visible group, whatever
   * the group reports, and sees extranet people and hidden groups on request. @default false
   */
  isAdmin: boolean;
  /**
   * The plan, as `app.info` reports it. The defaults of the limits follow it: `…_ent…` has a bucket of
   * 250 and 5, `…_selfhosted` neither a bucket nor an operating limit. @default ru_basic
   */
  license: string;
  /** Methods and fields that the portal lacks, as older ones do. @default none */
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
  operating: 'baskets',
  billing: 'inner',
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  operatingFloorSeconds: 0.1,
  operatingBanSeconds: 300,
  requestLimitSeconds: 60,
  inviteSeconds: 0.05,
  readSeconds: 0.005,
  memberReadSeconds: 0,
  latencyMs: 0,
  slowdownPerConcurrent: 0,
};

const LIMITS_OF_PLAN: Readonly<Record<Plan, Partial<Limits>>> = {
  enterprise: { burst: 250, requestsPerSecond: 5 },
  cloud: {},
  box: {
    requestsPerSecond: Number.POSITIVE_INFINITY,
    operatingLimitSeconds: Number.POSITIVE_INFINITY,
  },
  unknown: {},
};

/** The names of all limits. */
export const LIMIT_NAMES: readonly string[] = Object.keys(DEFAULT_LIMITS);

/** @returns the options with every default filled in; `undefined` stands for the default. */
export function completeOptions(options: Partial<SandboxOptions>): SandboxOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...DEFAULT_LIMITS,
    ...LIMITS_OF_PLAN[planOf(options.license)],
    host: '127.0.0.1',
    port: 0,
    code: randomBytes(8).toString('hex'),
    scopes: ['sonet_group', 'socialnetwork', 'user', 'im'],
    coarseTime: false,
    clockSkewSeconds: 0,
    isAdmin: false,
    license: 'ru_basic',
    absent: [],
    faultSeed: 1,
    seed: options.seed ?? defaultSeed(),
    now: unixNow,
    ...DEFAULT_VARIANTS,
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
