import type { Redis } from 'ioredis';
import type { Problem } from '../domain/errors/problem.ts';
import { problem } from '../messages/problems.ts';
import { DENIED } from './redis-refusal.ts';

/** Patterns of our keys and channels. */
const KEYS = '~bulk-invite*';
export const CHANNELS = '&bulk-invite:*';

/** @returns the rights to grant to a user who gets this error */
export function rightFrom(message: string): string[] {
  const said = message.split('because of: ').at(-1) ?? message;
  const [, unknown] = /unknown command [`']?(\w+)/i.exec(said) ?? [];
  if (unknown !== undefined) return [`+${unknown.toLowerCase()}`];
  if (!DENIED.test(said)) return [];
  const [, name] = /'([\w|]+)' command/.exec(said) ?? [];
  return [name === undefined ? KEYS : `+${name}`];
}

/** @returns what is wrong, with a line that grants all. @param rest commands that may be refused as well */
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
  return problem('redis_rights', {
    redis: shown,
    user,
    rights: names,
    granted: [...granted].join(' '),
  });
}

/**
 * The rights to keys and channels are unknown where every command that would show them is refused: they
 * are then granted as well. Redis accepts no pattern for a user with all channels, so the channels are
 * reset first; a user who may neither publish nor subscribe loses nothing by that.
 */
function toOpen(lacks: ReadonlySet<string>): string[] {
  const hasAll = (...names: string[]) => names.every((name) => lacks.has(`+${name}`));
  return [
    ...(hasAll('eval', 'bzpopmin', 'exists') ? [KEYS] : []),
    ...(hasAll('publish', 'subscribe') ? ['resetchannels', CHANNELS] : []),
  ];
}
