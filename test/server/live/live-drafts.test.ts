import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { setProblem } from '../../../src/ledger/imports/import-problem.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { problem } from '../../../src/messages/problems.ts';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';
import { LiveUpdates } from '../../../src/server/live/live-updates.ts';
import { PortalMonitor } from '../../../src/server/live/portal-monitor.ts';
import { ImportViews } from '../../../src/server/presenters/import-views.ts';
import type { Progress } from '../../../src/server/schemas/import-schema.ts';
import { importOf, keys } from '../../ledger/sample-pairs.ts';
import { openBudget, openClient } from '../../portal/open-client.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { startRedis } from '../../support/redis/redis.ts';

const WEBHOOK = 'https://example.bitrix24.com/rest/1/abcdefghijklmnop/';
const NOTHING_YET: Progress = {
  ...{ what: 'people', done: 0, of: null, waiting: null, waitingFor: null },
};

/** A ledger with drafts, and a listener. */
async function open(count: number) {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db } = stack.use(await openTestLedger());
  const budget = openBudget(redis);
  stack.defer(() => budget.close());
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const counted = db.withPlugin(counter);
  const config = readConfig({ BITRIX24_WEBHOOK_URL: WEBHOOK }, '');
  const monitor = new PortalMonitor(counted, openClient(WEBHOOK, budget), config);
  const progress = new Map<number, Progress>();
  let clock = 0;
  const live = new LiveUpdates(
    counted,
    monitor,
    (self) =>
      new ImportViews(counted, monitor, {
        paceOf: (id) => self.paceOf(id),
        progressOf: (id) => progress.get(id),
      }),
    () => clock,
  );
  const ids: number[] = [];
  for (let made = 0; made < count; made++) {
    ids.push(await importOf(db, keys(1), { state: 'ready' }));
  }
  await db.updateTable('imports').set({ format: '' }).execute();
  let reported: LiveEvent[] = [];
  live.listen((event) => reported.push(event));
  /**
   * Polls one second later.
   *
   * @returns the published imports as `id state`, and the number of queries
   */
  const poll = async () => {
    clock += 1_000;
    reported = [];
    queries = 0;
    await live.poll();
    const imports = reported.flatMap((event) =>
      event.name === 'import' ? [`${event.data.id} ${event.data.state}`] : [],
    );
    return { imports, queries };
  };
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return { db, ids, poll, progress, [Symbol.asyncDispose]: close };
}

test('drafts are published once, some at a time, and then only those that change', async () => {
  await using page = await open(30);
  const { db, ids, poll, progress } = page;
  const first = [await poll(), await poll()];
  expect(first.map(({ imports }) => imports.length)).toEqual([20, 10]);
  expect(new Set(first.flatMap(({ imports }) => imports)).size).toBe(30);
  expect((await poll()).imports).toEqual([]);

  const [one = 0, two = 0, three = 0] = ids;
  await setProblem(db, one, problem('names_not_asked', {}).coded);
  await changeState(db, two, ['ready'], 'running');
  progress.set(three, NOTHING_YET);
  expect((await poll()).imports.toSorted()).toEqual(
    [`${one} ready`, `${two} running`, `${three} ready`].toSorted(),
  );
  progress.delete(three);
  await changeState(db, two, ['running'], 'paused');
  expect((await poll()).imports.toSorted()).toEqual([`${two} paused`, `${three} ready`].toSorted());
  expect((await poll()).imports).toEqual([]);
});

test('many drafts need no more queries than few', async () => {
  const steady = [];
  for (const count of [2, 18]) {
    await using page = await open(count);
    await page.poll();
    steady.push((await page.poll()).queries);
  }
  expect(steady[1]).toBe(steady[0]);
});
