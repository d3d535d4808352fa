import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { budgetScript } from '../../platform/assets.ts';

/** In parts, each a Lua file that builds on those before. */
const text = ['state', 'bucket', 'operating', 'billing', 'pace', 'allowance', 'budget']
  .map((part) => readFileSync(budgetScript(part), 'utf8'))
  .join('\n');
const digest = createHash('sha1').update(text).digest('hex');

/**
 * Runs the budget's script. The script is far longer than its arguments and runs twice for each request,
 * so it is sent to Redis once, and again only when Redis no longer has it.
 */
export async function runScript(redis: Redis, key: string, ...argv: string[]): Promise<unknown> {
  return redis.evalsha(digest, 1, key, ...argv).catch((error: unknown) => {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return redis.eval(text, 1, key, ...argv);
    }
    throw error;
  });
}
