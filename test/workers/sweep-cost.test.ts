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

test('a sweep asks the ledger no more for each import that was ever cancelled', async () => {
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

test('sweeps do not pile up while Redis answers nothing', async () => {
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
  // The one that was at work when Redis fell silent, one that met the silence, and one after it.
  expect(queries).toBeLessThanOrEqual(3 * perSweep);
  await worker.drain(0);
});
