import { afterAll, beforeAll, expect, test } from 'vitest';
import { verbatim } from '../../src/domain/text/coded-text.ts';
import { cancelImport, pauseImport, retryImport } from '../../src/invite/import-lifecycle.ts';
import { inviteDelivery } from '../../src/invite/operations/invite/invite-delivery.ts';
import { pack } from '../../src/invite/pack.ts';
import { send } from '../../src/invite/send.ts';
import { cancelWaiting } from '../../src/ledger/delivery/cancel-waiting.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { markSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { claimed } from '../ledger/sample-pairs.ts';
import { json, startOddServer } from '../portal/faulty-server.ts';
import { openPortal } from '../sandbox/raw-client.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const NEVER = new AbortController().signal;
const FAILED = { outcome: 'failed', reason: 'portal_error', details: [verbatim('X')] } as const;

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

test.each(['cancelled', 'cancelled and retried', 'paused'])(
  'does not send pairs that were read before the import was %s',
  async (order) => {
    const { sandbox, truth } = await openPortal();
    const context = pipeline.workFor(sandbox.webhookUrl);
    const id = await pipeline.start(context, crowd(1, 6));
    const range = await claimed(pipeline.db, id, 0, 'me');
    await recordOutcomes(pipeline.db, range, [{ seq: 6, verdict: FAILED }]);
    // A turn reads its pairs once, and can then wait for the budget for a minute.
    const commands = pack(await readSendable(pipeline.db, range), 20)[0] ?? [];

    const parent = await pipeline.find(id);
    if (order === 'paused') await pauseImport(pipeline.db, parent, 'admin');
    else {
      await cancelImport(pipeline.db, parent, 'admin');
      await cancelWaiting(pipeline.db, id);
    }
    if (order.endsWith('retried')) {
      const retried = await retryImport(pipeline.db, parent, 'admin', undefined);
      expect(retried).toMatchObject({ ok: true, state: 'running', pairs: 1 });
    }
    const before = await pipeline.tallies(id);
    const delivery = inviteDelivery(context, { range, owner: 'me' });
    await send(context, delivery, { id: 'r', commands }, NEVER);
    expect(await pipeline.tallies(id)).toEqual(before);
    expect(await readSent(pipeline.db, range)).toEqual([]);
    expect(await truth()).toMatchObject({ requests: 0, invitationsSent: 0 });
  },
);

test('keeps pairs pending that a user retries while a turn of the cancelled import reads', async () => {
  const reading = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const { origin } = await startOddServer(async (response) => {
    reading.resolve();
    await go.promise;
    json(response, 200, { result: { MEMBERS: [] } });
  });
  const context = pipeline.workFor(`${origin}/rest/1/secret/`);
  const id = await pipeline.start(context, crowd(1, 4));
  const range = await claimed(pipeline.db, id);
  const pairs = await readSendable(pipeline.db, range);
  const { portal } = context.client.webhook;
  await markSent(pipeline.db, portal, range, { id: 'r', lifetimeMs: 0 }, pairs.slice(0, 1));
  const settlements = pairs.slice(1).map(({ seq }) => ({ seq, verdict: FAILED }));
  await recordOutcomes(pipeline.db, range, settlements);
  await cancelImport(pipeline.db, await pipeline.find(id), 'admin');

  const stop = new AbortController();
  const turn = pipeline.turn(context, id, { stop: stop.signal });
  await reading.promise;
  const retried = await retryImport(pipeline.db, await pipeline.find(id), 'admin', undefined);
  expect(retried).toMatchObject({ ok: true, state: 'running', pairs: 3 });
  stop.abort();
  go.resolve();
  await turn;
  const tallies = await pipeline.tallies(id);
  expect(tallies['cancelled/by_user'] ?? 0).toBe(0);
});
