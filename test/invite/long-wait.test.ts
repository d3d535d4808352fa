import { expect, test } from 'vitest';
import { claimNotice } from '../../src/ledger/imports/notices.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline } from './pipeline.ts';

test('reports a wait of minutes', async () => {
  await using pipeline = await openPipeline();
  const context = pipeline.workFor('https://b24.example/rest/1/secret/', {
    ...{ operatingLimitSeconds: 2, operatingWindowSeconds: 600 },
  });
  const { budget } = context.client;
  const id = await pipeline.start(context, crowd(2, 5));
  // All server seconds of the window are used up.
  const request = { pairs: 10, pending: 10, maxWaitMs: 0, lifetimeMs: 60_000 };
  await budget.reserve({ id: 'r1', method: INVITE, ...request });
  const times = [{ finish: Date.now() / 1_000, seconds: 2, operating: 2 }];
  await budget.settle('r1', { method: INVITE, times, pairs: 10, invited: 10 });

  expect(await pipeline.turn(context, id)).toMatchObject({ kind: 'later', why: 'operating' });
  const notice = await claimNotice(pipeline.db, 1_000);
  const reported = JSON.parse(notice?.body ?? '{}');
  expect(reported).toMatchObject({ event: 'import.waiting', importId: id, fileName: 'a.csv' });
  expect(Date.parse(reported.until)).toBeGreaterThan(Date.now() + 200_000);
});
