import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import type { Verdict } from '../../../src/domain/pairs/outcome.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';
import { Live } from '../../../src/server/live/live-updates.ts';
import { PortalWatch } from '../../../src/server/live/portal-monitor.ts';
import { ImportViews } from '../../../src/server/presenters/import-views.ts';
import { claimed, importOf, keys } from '../../ledger/sample-pairs.ts';
import { openBudget, openClient } from '../../portal/open-client.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';

const WEBHOOK = 'https://example.bitrix24.com/rest/1/abcdefghijklmnop/';
const INVITED: Verdict = { outcome: 'invited', reason: 'returned' };

let redis: TestRedis;
let ledger: TestLedger;
let live: Live;
let clock: number;
let heard: LiveEvent[];

beforeEach(async () => {
  redis = await startRedis();
  ledger = await openTestLedger();
  const config = readConfig({ BITRIX24_WEBHOOK_URL: WEBHOOK }, '');
  const watch = new PortalWatch(ledger.db, openClient(WEBHOOK, openBudget(redis.redis)), config);
  const views = (self: Live) =>
    new ImportViews(ledger.db, watch, {
      paceOf: (id) => self.paceOf(id),
      progressOf: () => undefined,
    });
  clock = 0;
  live = new Live(ledger.db, watch, views, () => clock);
  heard = [];
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

/** Looks at a moment. @returns what is told of imports, in short: `state settled rate` */
async function lookAt(ms: number): Promise<string[]> {
  clock = ms;
  heard = [];
  await live.look();
  return heard.flatMap((event) => {
    if (event.name !== 'import') return [];
    const { state, pairs, outcomes, perMinute } = event.data;
    return [`${state} ${pairs - outcomes.pending} ${Math.round(perMinute)}`];
  });
}

const listen = () => live.listen((event) => heard.push(event));

test('an import that moves is told of once a second, with how fast it moves', async () => {
  const { settle } = await running();
  listen();
  expect(await lookAt(0)).toEqual(['running 0 0']);
  await settle();
  expect(await lookAt(500)).toEqual([]);
  expect(await lookAt(999)).toEqual([]);
  expect(await lookAt(1_000)).toEqual(['running 5 300']);
  await settle();
  expect(await lookAt(1_999)).toEqual([]);
  expect(await lookAt(2_000)).toEqual(['running 10 300']);
  await settle();
  await settle();
  expect(await lookAt(3_000)).toEqual(['finished 20 0']);
  expect(await lookAt(4_000)).toEqual([]);
});

test('an import that stands still is told of until its rate has sunk to nothing', async () => {
  const { settle } = await running();
  listen();
  await lookAt(0);
  await settle();
  expect(await lookAt(10_000)).toEqual(['running 5 30']);
  expect(await lookAt(20_000)).toEqual(['running 5 15']);
  await lookAt(30_000);
  await lookAt(40_000);
  expect(await lookAt(50_000)).toEqual([]);
});

test('an import is told of again when more is known of what belongs to it', async () => {
  const { id } = await running();
  listen();
  await lookAt(0);
  expect(await lookAt(1_000)).toEqual([]);
  live.tellAgain(id);
  expect(await lookAt(2_000)).toEqual(['running 0 0']);
  expect(await lookAt(3_000)).toEqual([]);
  live.tellAgain(999);
  expect(await lookAt(4_000)).toEqual([]);
});

test('what is told for the first time may be known, and says so', async () => {
  const { settle } = await running();
  await lookAt(0);
  listen();
  await lookAt(1_000);
  expect(heard.map(({ name, isFirst }) => [name, isFirst])).toEqual([
    ['import', true],
    ['portal', undefined],
  ]);
  await settle();
  await lookAt(2_000);
  expect(heard).toMatchObject([{ name: 'import', isFirst: false }]);
});

test('the portal is told of when it stands otherwise, and nobody who has gone is told', async () => {
  const stop = listen();
  await lookAt(0);
  expect(heard).toMatchObject([{ name: 'portal', data: { portal: 'example.bitrix24.com' } }]);
  await lookAt(1_000);
  expect(heard).toEqual([]);
  live.gone(7, 8);
  expect(heard).toMatchObject([{ name: 'gone', importId: 7, data: { id: 7, by: 8 } }]);
  stop();
  live.gone(8, null);
  expect(heard).toHaveLength(1);
});
