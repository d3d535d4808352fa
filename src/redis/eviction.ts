import { type Redis, ReplyError } from 'ioredis';

/** @returns a warning when this Redis can evict jobs; undefined when not, or when it hides its policy */
export async function checkEviction(redis: Redis): Promise<string | undefined> {
  // INFO, since managed services commonly forbid CONFIG.
  const info = await redis.call('INFO', 'memory').catch((error: unknown) => {
    if (error instanceof ReplyError) return '';
    throw error;
  });
  const policy = /^maxmemory_policy:(\S+)/m.exec(String(info))?.[1];
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `Redis can evict jobs when memory is low (maxmemory-policy is ${policy}); set maxmemory-policy to noeviction.`;
}
