import type { Problem } from '../domain/errors/problem.ts';
import type { RedisRemedy } from '../messages/en/terminal/redis-problems-en.ts';
import { problem } from '../messages/problems.ts';

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

const REFUSALS: readonly (readonly [
  symptom: RegExp,
  kind: Exclude<RedisProblemKind, 'away'>,
  remedy: RedisRemedy,
])[] = [
  [/^OOM\b/, 'full', 'more_memory'],
  [/^MISCONF\b/, 'full', 'free_disk'],
  [/^(READONLY|UNBLOCKED|MASTERDOWN)\b/, 'read_only', 'use_master'],
  [/^NOREPLICAS\b/, 'read_only', 'restore_replicas'],
  [DENIED, 'denied', 'grant_rights'],
  [/^(CROSSSLOT|MOVED|ASK|CLUSTERDOWN|TRYAGAIN)\b|in cluster mode/, 'cluster', 'no_cluster'],
];

const CODES = {
  full: 'redis_not_writable',
  read_only: 'redis_not_writable',
  denied: 'redis_denied',
  cluster: 'redis_cluster',
} as const;

/** @returns the problem with a Redis that reports itself as a cluster */
export const clusterProblem = (said: string): RedisProblem => ({
  kind: 'cluster',
  problem: problem('redis_cluster', { said, remedy: 'no_cluster' }),
});

/** @returns what a Redis that answers refuses, and what to do; undefined for another error */
export function explainRefusal(cause: unknown): RedisProblem | undefined {
  if (!(cause instanceof Error) || cause.name !== 'ReplyError') return undefined;
  // Each script adds its own name.
  const said = cause.message.replace(/ script: .*/s, '');
  const [, kind, remedy] = REFUSALS.find(([symptom]) => symptom.test(said)) ?? [];
  if (kind === undefined || remedy === undefined) return undefined;
  return { kind, problem: problem(CODES[kind], { said, remedy }, { cause }) };
}

/** Errors of a Redis that accepts no client, for now at least. */
const NOT_NOW = /^(WRONGPASS|NOAUTH|LOADING)\b/;
const CUT_OFF =
  /^(connect|read|write|getaddrinfo) E|^Connection is closed|^Command aborted due to connection close|^no data received for/;

/** @returns whether a connection to Redis fails, which reconnects and reports that itself */
export function isRedisAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isRedisAway);
  if (!(error instanceof Error)) return false;
  return (error.name === 'ReplyError' ? NOT_NOW : CUT_OFF).test(error.message);
}
