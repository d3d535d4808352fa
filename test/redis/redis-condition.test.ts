import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { problem } from '../../src/messages/problems.ts';
import { RedisCondition } from '../../src/redis/redis-condition.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** Far longer than Redis needs for an answer, even on a busy machine. */
const TIMEOUT_MS = 60_000;
const PLACE = 'redis://cache:6379';

function openCondition(): RedisCondition {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  return new RedisCondition(server.redis, PLACE, end.signal);
}

const refusal = (): Promise<unknown> =>
  server.redis.set('key', 'value').then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the condition of a Redis', () => {
  test.each([
    ['full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['read_only', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ['denied', ['ACL', 'SETUSER', 'default', '-set'], ['ACL', 'SETUSER', 'default', '+set']],
  ] as const)(
    'that is %s shows from an error on, until it works again',
    async (kind, begin, end) => {
      const condition = openCondition();
      expect(await condition.probe(TIMEOUT_MS)).toBeUndefined();
      const [command, ...argv] = begin;
      await server.redis.call(command, ...argv);
      condition.note(await refusal());
      expect(condition.problem).toMatchObject({ kind, problem: expect.any(Problem) });
      expect(await condition.probe(TIMEOUT_MS)).toMatchObject({ kind });
      const [again, ...more] = end;
      await server.redis.call(again, ...more);
      await vi.waitFor(() => expect(condition.problem).toBeUndefined(), TIMEOUT_MS);
    },
  );

  test('that does not answer shows in a check, and the connection’s own reason takes precedence', async () => {
    const condition = openCondition();
    await server.redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
    const silent = await condition.probe(100);
    expect(silent?.kind).toBe('away');
    expect(silent?.problem.message).toBe(
      `Cannot connect to Redis at ${PLACE}: no answer within 0.1 seconds`,
    );
    const lost = problem('redis_away', { redis: 'here', said: 'lost', remedy: 'check' });
    condition.noteAway(lost);
    expect((await condition.probe(100))?.problem).toBe(lost);
    await vi.waitFor(() => expect(condition.problem).toBeUndefined(), TIMEOUT_MS);
  });

  test('ignores errors of another kind', async () => {
    const condition = openCondition();
    for (const error of [new Error('OOM of mine'), new TypeError('no'), undefined]) {
      condition.note(error);
      expect(condition.problem).toBeUndefined();
    }
  });
});
