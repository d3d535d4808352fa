import { expect, test } from 'vitest';
import { orderRetry } from '../../src/invite/import-lifecycle.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { Sweeper } from '../../workers/sweeper.ts';
import { claimed, countsOf, importOf, keys } from '../ledger/sample-pairs.ts';
import { openWorkerSetting } from '../support/worker-setting.ts';

test('a worker executes a retry that an ended process ordered, and creates jobs for the chunks', async () => {
  await using setting = await openWorkerSetting();
  const { db, queue, client, context } = setting;
  const sweeper = new Sweeper(context, queue, 4);

  const id = await importOf(db, keys(3), { portal: client.webhook.portal });
  const range = await claimed(db, id);
  const verdict = { outcome: 'failed', reason: 'declined' } as const;
  const settlements = [1, 2, 3].map((seq) => ({ seq, verdict }));
  await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
  const parent = await findImport(db, id);
  if (parent === undefined) throw new Error('no import');
  await orderRetry(db, parent, 'me', undefined);
  await sweeper.sweep();
  expect(countsOf(await readTallies(db, id))).toEqual({ 'pending/': 3 });
  expect(await queue.countByState()).toMatchObject({ prioritized: 1 });
});
