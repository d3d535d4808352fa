import { Queue } from 'bullmq';
import { expect, test } from 'vitest';
import { RedisTolerantWorker } from '../../workers/redis-tolerant-worker.ts';
import { startRedis } from '../support/redis/redis.ts';

test('retries after a pause while Redis refuses, and continues when Redis recovers', async () => {
  const server = await startRedis();
  const connection = await server.connect();
  const queue = new Queue('greetings', { connection });
  const errors: Error[] = [];
  await queue.add('greet', 1);
  await server.redis.config('SET', 'maxmemory', '1');
  const { promise: third, resolve: onThird } = Promise.withResolvers<void>();
  const { promise: done, resolve: onDone } = Promise.withResolvers<unknown>();
  const worker = new RedisTolerantWorker<number>('greetings', async ({ data }) => onDone(data), {
    connection,
  });
  try {
    const begun = performance.now();
    worker.on('error', (error) => {
      if (errors.push(error) === 3) onThird();
    });
    await third;
    expect(performance.now() - begun).toBeGreaterThan(1_500);
    expect(errors.map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringContaining('OOM')),
    );
    await server.redis.config('SET', 'maxmemory', '0');
    expect(await done).toBe(1);
  } finally {
    await worker.close();
    await queue.close();
    await server.dispose();
  }
});
