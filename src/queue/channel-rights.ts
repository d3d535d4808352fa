import type { Redis } from 'ioredis';
import { Problem } from '../domain/problem.ts';

/**
 * Tries what processes rely on to report to each other that a request is back. From version 7 on a
 * user whom nobody gave any may use no channel (`acl-pubsub-default resetchannels`); without channels
 * every process would find out by the lifetime of a request only.
 *
 * @param shown where the Redis is, without a password
 * @throws Problem that says what to grant
 */
export async function requireChannel(redis: Redis, shown: string, channel: string): Promise<void> {
  const subscriber = redis.duplicate();
  subscriber.on('error', () => {});
  try {
    await redis.publish(channel, '');
    await subscriber.subscribe(channel);
  } catch (error) {
    if (!(error instanceof Error && /^NOPERM\b/.test(error.message))) throw error;
    const user = redis.options.username ?? 'default';
    const right = /channel/.test(error.message) ? '&bulk-invite:*' : '+publish +subscribe';
    throw new Problem(
      `The Redis at ${shown} keeps its user ${user} from the channel ${channel} (${error.message}).`,
      `Grant it: ACL SETUSER ${user} ${right}`,
    );
  } finally {
    subscriber.disconnect();
  }
}
