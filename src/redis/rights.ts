import type { Redis } from 'ioredis';
import { Problem } from '../domain/errors/problem.ts';
import { DENIED } from './redis-refusal.ts';

/** Which keys and channels are ours. */
const KEYS = '~bulk-invite*';
export const CHANNELS = '&bulk-invite:*';

/** @returns what to grant to a user of whom this was said */
export function rightFrom(message: string): string[] {
  const said = message.split('because of: ').at(-1) ?? message;
  const [, unknown] = /unknown command [`']?(\w+)/i.exec(said) ?? [];
  if (unknown !== undefined) return [`+${unknown.toLowerCase()}`];
  if (!DENIED.test(said)) return [];
  const [, name] = /'([\w|]+)' command/.exec(said) ?? [];
  return [name === undefined ? KEYS : `+${name}`];
}

/**
 * @param shown where the Redis is, without a password
 * @param rights those that its user lacks
 * @param rest commands that may be refused as well
 * @returns what is wrong, with one line that grants all of it
 */
export function lacking(
  { options }: Redis,
  shown: string,
  rights: readonly string[],
  rest: readonly string[],
): Problem {
  const user = options.username ?? 'default';
  const lacks = new Set(rights);
  const names = [...lacks].map((right) => right.replace(/^\+/, '')).join(', ');
  const granted = new Set([...toOpen(lacks), ...lacks, ...rest.map((name) => `+${name}`)]);
  return new Problem(
    `The Redis at ${shown} denies its user ${user} required permissions: ${names}.`,
    `Grant them: ACL SETUSER ${user} ${[...granted].join(' ')}`,
  );
}

/**
 * Nobody knows about keys and channels where every command that would tell is refused: these are then
 * granted as well. Redis takes no pattern from whom it allows all, so the channels begin anew, which
 * nobody misses who may neither publish nor subscribe.
 */
function toOpen(lacks: ReadonlySet<string>): string[] {
  const hasAll = (...names: string[]) => names.every((name) => lacks.has(`+${name}`));
  return [
    ...(hasAll('eval', 'bzpopmin', 'exists') ? [KEYS] : []),
    ...(hasAll('publish', 'subscribe') ? ['resetchannels', CHANNELS] : []),
  ];
}
