import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { Sweeper } from '../../workers/sweeper.ts';
import { importOf, keys } from '../ledger/sample.ts';
import { openWorkerSetting } from '../support/worker-setting.ts';

test('a sweep asks the ledger no more for each import that was ever cancelled', async () => {
  await using setting = await openWorkerSetting();
  const { db, queue, client, work } = setting;
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const sweeper = new Sweeper({ ...work, db: db.withPlugin(counter) }, queue, 4);
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
