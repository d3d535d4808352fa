import { type Redis, ReplyError } from 'ioredis';

/** What a Redis reports about itself. */
export interface RedisFacts {
  readonly name: 'Redis' | 'Valkey';
  readonly version: string;
  readonly isCluster: boolean;
  readonly isReplica: boolean;
  /** Undefined when it is not reported. */
  readonly policy: string | undefined;
  readonly usedBytes: number;
  /** 0: limited by the machine only. */
  readonly mostBytes: number;
  readonly keepsFile: boolean;
  /** Whether its last attempt to save something failed. */
  readonly failedToSave: boolean;
}

/** A command that Redis denies to its user. */
export interface Forbidden {
  readonly forbidden: string;
  readonly user: string;
}

/** @returns what a Redis reports about itself, or that its user may not read that */
export async function inspectRedis(redis: Redis): Promise<RedisFacts | Forbidden> {
  try {
    // Not `info`, which leaves out what BullMQ would warn about.
    return readFacts(String(await redis.call('INFO')));
  } catch (error) {
    return asForbidden(redis, error);
  }
}

export function readFacts(info: string): RedisFacts {
  const facts = new Map<string, string>();
  for (const [, name = '', value = ''] of info.matchAll(/^(\w+):([^\r\n]*)/gm)) {
    facts.set(name, value);
  }
  const valkey = facts.get('valkey_version');
  return {
    name: valkey === undefined ? 'Redis' : 'Valkey',
    version: valkey ?? facts.get('redis_version') ?? '',
    isCluster: facts.get('cluster_enabled') === '1' || facts.get('redis_mode') === 'cluster',
    isReplica: facts.get('role') === 'slave',
    policy: facts.get('maxmemory_policy'),
    usedBytes: Number(facts.get('used_memory') ?? 0),
    mostBytes: Number(facts.get('maxmemory') ?? 0),
    keepsFile: facts.get('aof_enabled') === '1',
    failedToSave: ['rdb_last_bgsave_status', 'aof_last_write_status'].some(
      (name) => facts.get(name) === 'err',
    ),
  };
}

/** @throws the error when it is another one */
function asForbidden(redis: Redis, error: unknown): Forbidden {
  const isForbidden =
    error instanceof ReplyError && error instanceof Error && /NOPERM|ACL/.test(error.message);
  if (!isForbidden) throw error;
  return { forbidden: error.message, user: redis.options.username ?? 'default' };
}
