import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { InviteQueue } from '../../src/queue/invite-queue.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const HOUR = 3_600_000;

test('ends delays that grew because the clock was set back by an hour', async () => {
  const queue = new InviteQueue(server.redis, 'set-back');
  onTestFinished(() => queue.close());
  const delay = (chunk: number, ms: number) =>
    queue.board.add('invite', { importId: 1, chunk }, { jobId: `chunk-${chunk}`, delay: ms });
  const waiting = async () => (await queue.board.getDelayed()).map(({ id }) => id).toSorted();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  await delay(1, 30_000);
  await delay(2, 2 * HOUR);
  await queue.wakeOverdue();
  expect(await waiting()).toEqual(['chunk-1', 'chunk-2']);
  vi.setSystemTime(Date.now() - HOUR);
  await delay(3, 30 * 60_000);
  await queue.wakeOverdue();
  expect(await waiting()).toEqual(['chunk-3']);
});
