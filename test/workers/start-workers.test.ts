import { expect, test } from 'vitest';
import { startWorker } from '../../workers/invite-worker.ts';
import { openWorkerSetting } from '../support/worker-setting.ts';

test('a worker starts although the ledger fails at that moment, and releases everything at its end', async () => {
  await using setting = await openWorkerSetting('http://127.0.0.1:1/rest/1/secret/');
  const { redis, db, queue, context } = setting;
  const connections = async () =>
    String(await redis.client('LIST'))
      .trim()
      .split('\n').length;
  const before = await connections();

  await db.schema.alterTable('imports').renameTo('away').execute();
  const errors: unknown[] = [];
  const reportError = (error: unknown) => errors.push(error);
  const worker = await startWorker({ context, redis, queue, concurrency: 2, reportError });
  expect(String(errors[0])).toMatch(/no such table|does not exist/);
  await db.schema.alterTable('away').renameTo('imports').execute();
  await worker.drain(0);
  // Nothing remains that would prevent the process from ending.
  await expect.poll(connections, { timeout: 90_000 }).toBe(before);
});
