import { expect, test } from 'vitest';
import { createErrorReporter } from '../../src/telemetry/error-reporter.ts';
import { startRedis } from '../support/redis/redis.ts';

test('logs a Redis that refuses writes or denies a command as one sentence with a remedy, once a minute', async () => {
  const { redis, dispose } = await startRedis();
  try {
    await redis.config('SET', 'maxmemory', '1');
    const refused = await redis.set('key', 'value').catch((error: unknown) => error);
    const inScript = await redis
      .eval("return redis.call('set', KEYS[1], 'value')", 1, 'key')
      .catch((error: unknown) => error);
    await redis.config('SET', 'maxmemory', '0');
    await redis.call('REPLICAOF', '127.0.0.1', '1');
    const ofReplica = await redis.set('key', 'value').catch((error: unknown) => error);
    await redis.call('REPLICAOF', 'NO', 'ONE');
    await redis.acl('SETUSER', 'default', '-get', '-set');
    const [denied, alsoDenied] = await Promise.all(
      [redis.get('key'), redis.set('key', 'value')].map((answer) =>
        answer.catch((error: unknown) => error),
      ),
    );
    const bug = (job: number) => new TypeError(`job ${job} is odd`);
    const reported: string[] = [];
    const note = (about: unknown, words?: string) =>
      reported.push(`${JSON.stringify(about)} ${words}`);
    let now = 0;
    const report = createErrorReporter({ warn: note, error: note }, () => now);
    for (now of [0, 1_000, 59_000, 61_000]) {
      for (const error of [refused, inScript, ofReplica, denied, alsoDenied]) report(error);
      for (const error of [bug(1), bug(2)]) report(error);
    }
    const once = [
      expect.stringMatching(/memory.* Redis takes no .*OOM.*\)\. It/),
      expect.stringMatching(/a replica.* Redis takes no .*READONLY.*\)\. It/),
      expect.stringMatching(/the rights.* Redis denies its user .*NOPERM.*\)\. It/),
      expect.stringMatching(/ unexpected$/),
    ];
    expect(reported).toEqual([...once, ...once]);
  } finally {
    await dispose();
  }
});
