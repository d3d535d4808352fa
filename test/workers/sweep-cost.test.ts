import type { KyselyPlugin } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/domain/clock.ts';
import { openReading } from '../../src/invite/portal-reading.ts';
import { ledgerId } from '../../src/ledger/identity.ts';
import { InviteQueue } from '../../src/queue/invites.ts';
import { Sweeper } from '../../workers/sweeper.ts';
import { importOf, keys } from '../ledger/sample.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openTestLedger } from '../support/ledger.ts';
import { startRedis } from '../support/redis.ts';

test('a sweep asks the ledger no more for each import that was ever cancelled', async () => {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db } = stack.use(await openTestLedger());
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const client = openClient('https://b24.example/rest/1/secret/', openBudget(redis));
  stack.defer(() => client.budget.close());
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const log = pino({ level: 'silent' });
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const work = {
    db: db.withPlugin(counter),
    client,
    reading,
    log,
    clock,
    random: Math.random,
    maxAttempts: 5,
  };
  const sweeper = new Sweeper(work, queue, 4);
  const sweep = async () => {
    queries = 0;
    await sweeper.sweep();
    return queries;
  };
  const { portal } = client.webhook;
  for (let made = 0; made < 2; made++) await importOf(db, keys(1), { portal, state: 'cancelled' });
  await db.updateTable('chunks').set({ unsettled: 0 }).execute();
  const few = await sweep();
  for (let made = 0; made < 20; made++) await importOf(db, keys(1), { portal, state: 'cancelled' });
  await db.updateTable('chunks').set({ unsettled: 0 }).execute();
  expect(await sweep()).toBe(few);
});
