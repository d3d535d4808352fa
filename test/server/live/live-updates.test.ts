import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import type { Verdict } from '../../../src/domain/pairs/outcome.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';
import { LiveUpdates } from '../../../src/server/live/live-updates.ts';
import { PortalMonitor } from '../../../src/server/live/portal-monitor.ts';
import { ImportViews } from '../../../src/server/presenters/import-views.ts';
import { claimed, importOf, keys } from '../../ledger/sample-pairs.ts';
import { openBudget, openClient } from '../../portal/open-client.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';

const WEBHOOK = 'https://example.bitrix24.com/rest/1/abcdefghijklmnop/';
const INVITED: Verdict = { outcome: 'invited', reason: 'returned' };

let redis: TestRedis;
let ledger: TestLedger;
let live: LiveUpdates;
let clock: number;
let received: LiveEvent[];

beforeEach(async () => {
  redis = await startRedis();
  ledger = await openTestLedger();
  const config = readConfig({ BITRIX24_WEBHOOK_URL: WEBHOOK }, '');
  const monitor = new PortalMonitor(
    ledger.db,
    openClient(WEBHOOK, openBudget(redis.redis)),
    config,
  );
  const views = (self: LiveUpdates) =>
    new ImportViews(ledger.db, monitor, {
      paceOf: (id) => self.paceOf(id),
      progressOf: () => undefined,
    });
  clock = 0;
  live = new LiveUpdates(ledger.db, monitor, views, () => clock);
  received = [];
});
afterEach(async () => {
  await redis.dispose();
  await ledger[Symbol.asyncDispose]();
});

/** A running import of twenty pairs in four chunks, which are settled one by one. */
async function running() {
  const id = await importOf(ledger.db, keys(20), { chunkSize: 5, format: '' });
  let chunk = 0;
  const settle = async () => {
    const range = await claimed(ledger.db, id, chunk);
    const seqs = Array.from({ length: 5 }, (_, at) => chunk * 5 + at + 1);
    await recordOutcomes(
      ledger.db,
      range,
      seqs.map((seq) => ({ seq, verdict: INVITED })),
    );
    chunk += 1;
  };
  return { id, settle };
}

/** Polls at the given time. @returns the published imports as `state settled rate` */
async function pollAt(ms: number): Promise<string[]> {
  clock = ms;
  received = [];
  await live.poll();
  return received.flatMap((event) => {
    if (event.name !== 'import') return [];
    const { state, pairs, outcomes, perMinute } = event.data;
    return [`${state} ${pairs - outcomes.pending} ${Math.round(perMinute)}`];
  });
}

const listen = () => live.listen((event) => received.push(event));

test('a running import is published once a second, with its rate', async () => {
  const { settle } = await running();
  listen();
  expect(await pollAt(0)).toEqual(['running 0 0']);
  await settle();
  expect(await pollAt(500)).toEqual([]);
  expect(await pollAt(999)).toEqual([]);
  expect(await pollAt(1_000)).toEqual(['running 5 300']);
  await settle();
  expect(await pollAt(1_999)).toEqual([]);
  expect(await pollAt(2_000)).toEqual(['running 10 300']);
  await settle();
  await settle();
  expect(await pollAt(3_000)).toEqual(['finished 20 0']);
  expect(await pollAt(4_000)).toEqual([]);
});

test('an import without progress is published until its rate is 0', async () => {
  const { settle } = await running();
  listen();
  await pollAt(0);
  await settle();
  expect(await pollAt(10_000)).toEqual(['running 5 30']);
  expect(await pollAt(20_000)).toEqual(['running 5 15']);
  await pollAt(30_000);
  await pollAt(40_000);
  expect(await pollAt(50_000)).toEqual([]);
});

test('an import is published again when its related data changes', async () => {
  const { id } = await running();
  listen();
  await pollAt(0);
  expect(await pollAt(1_000)).toEqual([]);
  live.republish(id);
  expect(await pollAt(2_000)).toEqual(['running 0 0']);
  expect(await pollAt(3_000)).toEqual([]);
  live.republish(999);
  expect(await pollAt(4_000)).toEqual([]);
});

test('the first event of an import is marked as the first', async () => {
  const { settle } = await running();
  await pollAt(0);
  listen();
  await pollAt(1_000);
  expect(received.map(({ name, isFirst }) => [name, isFirst])).toEqual([
    ['import', true],
    ['portal', undefined],
  ]);
  await settle();
  await pollAt(2_000);
  expect(received).toMatchObject([{ name: 'import', isFirst: false }]);
});

test('the portal is published when its state changes, and a removed listener receives nothing', async () => {
  const stop = listen();
  await pollAt(0);
  expect(received).toMatchObject([{ name: 'portal', data: { portal: 'example.bitrix24.com' } }]);
  await pollAt(1_000);
  expect(received).toEqual([]);
  live.gone(7, 8);
  expect(received).toMatchObject([{ name: 'gone', importId: 7, data: { id: 7, by: 8 } }]);
  stop();
  live.gone(8, null);
  expect(received).toHaveLength(1);
});
