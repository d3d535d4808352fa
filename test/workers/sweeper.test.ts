import { expect, test } from 'vitest';
import { changeState } from '../../src/ledger/imports/import-state.ts';
import { Sweeper } from '../../workers/sweeper.ts';
import { importOf, keys } from '../ledger/sample-pairs.ts';
import { openWorkerSetting } from '../support/worker-setting.ts';

test('creates the jobs of an import that is set running, whatever a paused one has in the queue', async () => {
  await using setting = await openWorkerSetting();
  const { db, queue, client, context } = setting;
  const sweeper = new Sweeper(context, queue, 4);
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
