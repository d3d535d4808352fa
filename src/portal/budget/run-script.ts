import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { budgetScript } from '../../platform/assets.ts';

/** In parts, each a Lua file that builds on those before. */
const text = ['state', 'bucket', 'operating', 'pace', 'budget']
  .map((part) => readFileSync(budgetScript(part), 'utf8'))
  .join('\n');
const digest = createHash('sha1').update(text).digest('hex');

/**
 * Runs the budget's script. It is far longer than what it is told, twice in each request: Redis
 * gets it once, and again when it has forgotten it.
 */
export async function runScript(redis: Redis, key: string, ...argv: string[]): Promise<unknown> {
  return redis.evalsha(digest, 1, key, ...argv).catch((error: unknown) => {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return redis.eval(text, 1, key, ...argv);
    }
    throw error;
  });
}
