import { pino } from 'pino';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { openReading } from '../../src/invite/lookup/portal-reading.ts';
import type { PipelineContext } from '../../src/invite/pipeline-context.ts';
import { SendPriority } from '../../src/invite/send-priority.ts';
import { ledgerId } from '../../src/ledger/db/identity.ts';
import { InviteQueue } from '../../src/queue/invite-queue.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openTestLedger } from './ledger/test-ledger.ts';
import { startRedis } from './redis/redis.ts';

/** Opens the context of a worker, with its own Redis and ledger. Its portal does not exist. */
export async function openWorkerSetting(webhookUrl = 'https://b24.example/rest/1/secret/') {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db } = stack.use(await openTestLedger());
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const client = openClient(webhookUrl, openBudget(redis));
  stack.defer(() => client.budget.close());
  const clock = SYSTEM_CLOCK;
  const context: PipelineContext = {
    ...{ db, client, reading: openReading(client, clock), log: pino({ level: 'silent' }) },
    ...{ clock, random: Math.random, maxAttempts: 5, priority: new SendPriority() },
  };
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return { redis, db, queue, client, context, [Symbol.asyncDispose]: close };
}
