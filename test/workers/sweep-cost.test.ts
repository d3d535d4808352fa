import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { startWorker } from '../../workers/invite-worker.ts';
import { Sweeper } from '../../workers/sweeper.ts';
import { importOf, keys } from '../ledger/sample-pairs.ts';
import { openWorkerSetting } from '../support/worker-setting.ts';

const onQuery = (act: () => void): KyselyPlugin => ({
  transformQuery({ node }) {
    act();
    return node;
  },
  transformResult: async ({ result }) => result,
});

test('a sweep costs no more queries for each import that was ever cancelled', async () => {
  await using setting = await openWorkerSetting();
  const { db, queue, client, context } = setting;
  let queries = 0;
  const counted = db.withPlugin(onQuery(() => queries++));
  const sweeper = new Sweeper({ ...context, db: counted }, queue, 4);
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

test('sweeps do not accumulate while Redis does not answer', async () => {
  await using setting = await openWorkerSetting();
  const { redis, db, queue, context } = setting;
  let queries = 0;
  const counted = db.withPlugin(onQuery(() => queries++));
  const reportError = (error: unknown) => expect(error).toBeUndefined();
  const parts = { redis, queue, concurrency: 1, reportError, sweepMs: 5 };
  const worker = await startWorker({ ...parts, context: { ...context, db: counted } });
  const perSweep = queries;
  expect(perSweep).toBeGreaterThan(0);
  await redis.client('PAUSE', 1_000, 'ALL');
  queries = 0;
  await redis.ping();
  // The sweep that was running when Redis stopped answering, one during that time, and one after it.
  expect(queries).toBeLessThanOrEqual(3 * perSweep);
  await worker.drain(0);
});
