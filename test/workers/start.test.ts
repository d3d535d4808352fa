import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/domain/clock.ts';
import { openReading } from '../../src/invite/portal-reading.ts';
import { ledgerId } from '../../src/ledger/identity.ts';
import { InviteQueue } from '../../src/queue/invites.ts';
import { startWorker } from '../../workers/main.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openTestLedger } from '../support/ledger.ts';
import { startRedis } from '../support/redis.ts';

test('a worker starts although the ledger fails just then, and lets go of all at its end', async () => {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db } = stack.use(await openTestLedger());
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const client = openClient('http://127.0.0.1:1/rest/1/secret/', openBudget(redis));
  stack.defer(() => client.budget.close());
  const log = pino({ level: 'silent' });
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const work = { db, client, reading, log, clock, random: Math.random, maxAttempts: 5 };
  const connections = async () =>
    String(await redis.client('LIST'))
      .trim()
      .split('\n').length;
  const before = await connections();

  await db.schema.alterTable('imports').renameTo('away').execute();
  const errors: unknown[] = [];
  const onSurprise = (error: unknown) => errors.push(error);
  const worker = await startWorker({ work, redis, queue, concurrency: 2, onSurprise });
  expect(String(errors[0])).toMatch(/no such table|does not exist/);
  await db.schema.alterTable('away').renameTo('imports').execute();
  await worker.drain(0);
  // Nothing is left that would keep the process from ending.
  await expect.poll(connections, { timeout: 90_000 }).toBe(before);
});
