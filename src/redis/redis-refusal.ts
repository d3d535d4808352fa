import { Problem } from '../domain/errors/problem.ts';

/**
 * What is wrong with a Redis.
 *
 * - `away`: it cannot be reached, or does not answer
 * - `full`: it, or its disk, is full
 * - `read_only`: it is a replica, or has lost its replicas
 * - `denied`: its user lacks a right
 * - `cluster`: it is a cluster, which separates jobs that belong together
 */
export type RedisProblemKind = 'away' | 'full' | 'read_only' | 'denied' | 'cluster';

export interface RedisProblem {
  kind: RedisProblemKind;
  /** In words, with what to do. */
  problem: Problem;
}

/** How each server reports a missing right of a user, in a command and in a script. */
export const DENIED = /^NOPERM\b|^(ERR )?The user executing the script can't/;

/** What to do about a cluster. */
export const NO_CLUSTER =
  'Name a Redis in REDIS_URL that is not a cluster (cluster-enabled no); Sentinels are fine.';

const REMEDIES: readonly (readonly [
  symptom: RegExp,
  kind: Exclude<RedisProblemKind, 'away'>,
  remedy: string,
])[] = [
  [/^OOM\b/, 'full', 'Give it more memory (maxmemory).'],
  [/^MISCONF\b/, 'full', 'Make room on the disk that it writes to; its own log says more.'],
  [
    /^(READONLY|UNBLOCKED|MASTERDOWN)\b/,
    'read_only',
    'It is a replica: name the master in REDIS_URL, or the Sentinels that know it.',
  ],
  [/^NOREPLICAS\b/, 'read_only', 'Bring its replicas back, or lower its min-replicas-to-write.'],
  [DENIED, 'denied', 'Give its user the rights that docs/operating.md lists.'],
  [/^(CROSSSLOT|MOVED|ASK|CLUSTERDOWN|TRYAGAIN)\b|in cluster mode/, 'cluster', NO_CLUSTER],
];

/** @returns the problem with a Redis that reports itself as a cluster */
export const clusterProblem = (said: string): RedisProblem => ({
  kind: 'cluster',
  problem: problemOf('cluster', said, NO_CLUSTER),
});

/** @returns what a Redis that answers refuses, and what to do; undefined for another error */
export function explainRefusal(error: unknown): RedisProblem | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  // Each script adds its own name.
  const said = error.message.replace(/ script: .*/s, '');
  const [, kind, remedy] = REMEDIES.find(([symptom]) => symptom.test(said)) ?? [];
  if (kind === undefined || remedy === undefined) return undefined;
  return { kind, problem: problemOf(kind, said, remedy, error) };
}

function problemOf(
  kind: Exclude<RedisProblemKind, 'away'>,
  said: string,
  remedy: string,
  cause?: unknown,
): Problem {
  switch (kind) {
    case 'full':
    case 'read_only':
      return new Problem(`Redis takes no writes (${said}).`, remedy, { cause });
    case 'denied':
      return new Problem(`Redis denies its user what is needed (${said}).`, remedy, { cause });
    case 'cluster':
      return new Problem(
        `Redis is a cluster (${said}), which keeps jobs apart that belong together.`,
        remedy,
        { cause },
      );
    default:
      return kind satisfies never;
  }
}

/** Errors of a Redis that accepts no client, for now at least. */
const NOT_NOW = /^(WRONGPASS|NOAUTH|LOADING)\b/;
const CUT_OFF =
  /^(connect|read|write|getaddrinfo) E|^Connection is closed|^Command aborted due to connection close|^nothing was heard of it/;

/** @returns whether a connection to Redis fails, which reconnects and reports that itself */
export function isRedisAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isRedisAway);
  if (!(error instanceof Error)) return false;
  return (error.name === 'ReplyError' ? NOT_NOW : CUT_OFF).test(error.message);
}
