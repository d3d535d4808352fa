import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/domain/clock.ts';
import { openReading } from '../../src/invite/portal-reading.ts';
import { ledgerId } from '../../src/ledger/identity.ts';
import { changeState } from '../../src/ledger/import-state.ts';
import { InviteQueue } from '../../src/queue/invites.ts';
import { Sweeper } from '../../workers/sweeper.ts';
import { importOf, keys } from '../ledger/sample.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openTestLedger } from '../support/ledger.ts';
import { startRedis } from '../support/redis.ts';

test('an import that somebody sets running gets its jobs, whatever a paused one has on the belt', async () => {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db } = stack.use(await openTestLedger());
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const client = openClient('https://b24.example/rest/1/secret/', openBudget(redis));
  stack.defer(() => client.budget.close());
  const log = pino({ level: 'silent' });
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const work = { db, client, reading, log, clock, random: Math.random, maxAttempts: 5 };
  const sweeper = new Sweeper(work, queue, 4);
  const { portal } = client.webhook;

  const paused = await importOf(db, keys(30), { portal, chunkSize: 10, state: 'paused' });
  const job = { importId: paused, chunk: 0 };
  await queue.board.addBulk(
    [1, 2, 3].map((n) => ({ name: 'invite', data: job, opts: { jobId: `j${n}`, delay: 600_000 } })),
  );
  const ready = await importOf(db, keys(10), { portal, state: 'ready' });
  await sweeper.sweep();
  expect(await queue.countByState()).toMatchObject({ prioritized: 0, delayed: 3 });

  await changeState(db, ready, ['ready'], 'running');
  await sweeper.sweep();
  expect(await queue.countByState()).toMatchObject({ prioritized: 1, delayed: 3 });
});
