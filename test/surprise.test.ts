import { expect, test } from 'vitest';
import { surpriseTeller } from '../src/surprise.ts';
import { startRedis } from './support/redis.ts';

test('a Redis that takes no writes is a sentence and what to do, once a minute', async () => {
  const { redis, dispose } = await startRedis();
  try {
    await redis.config('SET', 'maxmemory', '1');
    const refused = await redis.set('key', 'value').catch((error: unknown) => error);
    const inScript = await redis
      .eval("return redis.call('set', KEYS[1], 'value')", 1, 'key')
      .catch((error: unknown) => error);
    const told: string[] = [];
    const note = (about: unknown, words?: string) => told.push(`${JSON.stringify(about)} ${words}`);
    let now = 0;
    const tell = surpriseTeller({ warn: note, error: note }, () => now);
    for (now of [0, 1_000, 59_000, 61_000]) for (const error of [refused, inScript]) tell(error);
    expect(told).toEqual(
      Array(2).fill(expect.stringMatching(/memory.* Redis takes no .*OOM.*\)\. It/)),
    );
  } finally {
    await dispose();
  }
});
