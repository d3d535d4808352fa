import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { RedisFacts } from '../../redis/inspect-redis.ts';

const MEGABYTE = 1_000_000;

/** Oldest and recommended version for the queue (BullMQ); Valkey began with 7.2. */
const OLDEST = [5, 0] as const;
const RECOMMENDED = [6, 2] as const;

export function checkRedisVersion({ name, version }: RedisFacts): SetUpFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isBelow = ([wanted, then]: readonly [number, number]) =>
    major < wanted || (major === wanted && minor < then);
  if (isBelow(OLDEST)) return finding('redis_version_too_low', { name, version });
  if (isBelow(RECOMMENDED)) return finding('redis_version_low', { name, version });
  return finding('redis_version_fits', { name, version });
}

/** @returns whether it is one server that takes writes */
export function checkRedisKind({ isCluster, isReplica }: RedisFacts): SetUpFinding {
  if (isCluster) return finding('redis_cluster', {});
  return finding(isReplica ? 'redis_replica' : 'redis_single', {});
}

/** @returns whether its memory is enough, and what it does when memory runs short */
export function checkRedisMemory({ policy, usedBytes, mostBytes }: RedisFacts): SetUpFinding {
  if (policy !== undefined && policy !== 'noeviction') return finding('redis_evicts', { policy });
  if (mostBytes > 0 && usedBytes >= mostBytes) {
    const [used, most] = [usedBytes, mostBytes].map((bytes) => Math.round(bytes / MEGABYTE));
    return finding('redis_full', { used: used ?? 0, most: most ?? 0 });
  }
  return finding(policy === undefined ? 'redis_policy_hidden' : 'redis_keeps_all', {});
}

/** @returns whether the queue survives a restart of Redis */
export function checkRedisPersistence({ keepsFile, failedToSave }: RedisFacts): SetUpFinding {
  if (failedToSave) return finding('redis_cannot_save', {});
  return finding(keepsFile ? 'redis_appends' : 'redis_no_file', {});
}
