import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { setProblem } from '../../../src/ledger/imports/import-problem.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';
import { Live } from '../../../src/server/live/live-updates.ts';
import { PortalWatch } from '../../../src/server/live/portal-monitor.ts';
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

/** Drafts, and a page that is open. */
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
  const watch = new PortalWatch(counted, openClient(WEBHOOK, budget), config);
  const progress = new Map<number, Progress>();
  let clock = 0;
  const live = new Live(
    counted,
    watch,
    (self) =>
      new ImportViews(counted, watch, {
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
  let told: LiveEvent[] = [];
  live.listen((event) => told.push(event));
  /** Looks a second later. @returns what is told of imports: `id state` */
  const look = async () => {
    clock += 1_000;
    told = [];
    queries = 0;
    await live.look();
    const imports = told.flatMap((event) =>
      event.name === 'import' ? [`${event.data.id} ${event.data.state}`] : [],
    );
    return { imports, queries };
  };
  const opened = stack.move();
  const close = () => opened.disposeAsync();
  return { db, ids, look, progress, [Symbol.asyncDispose]: close };
}

test('drafts are told of once, some at a time, and then only those that change', async () => {
  await using page = await open(30);
  const { db, ids, look, progress } = page;
  const first = [await look(), await look()];
  expect(first.map(({ imports }) => imports.length)).toEqual([20, 10]);
  expect(new Set(first.flatMap(({ imports }) => imports)).size).toBe(30);
  expect((await look()).imports).toEqual([]);

  const [one = 0, two = 0, three = 0] = ids;
  await setProblem(db, one, { title: 'No answer', remedy: 'Wait.' });
  await changeState(db, two, ['ready'], 'running');
  progress.set(three, NOTHING_YET);
  expect((await look()).imports.toSorted()).toEqual(
    [`${one} ready`, `${two} running`, `${three} ready`].toSorted(),
  );
  progress.delete(three);
  await changeState(db, two, ['running'], 'paused');
  expect((await look()).imports.toSorted()).toEqual([`${two} paused`, `${three} ready`].toSorted());
  expect((await look()).imports).toEqual([]);
});

test('the ledger is asked no more for many drafts than for few', async () => {
  const steady = [];
  for (const count of [2, 18]) {
    await using page = await open(count);
    await page.look();
    steady.push((await page.look()).queries);
  }
  expect(steady[1]).toBe(steady[0]);
});
