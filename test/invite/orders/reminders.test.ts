import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { QuietHours } from '../../../src/domain/time/quiet-hours.ts';
import { beginOrder, confirmOrder } from '../../../src/invite/orders/order-lifecycle.ts';
import { previewOrder } from '../../../src/invite/orders/preview-order.ts';
import { readPersonFacts } from '../../../src/ledger/people/person-facts.ts';
import { NOTIFY } from '../../../src/portal/methods/notify.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { Portal } from '../../sandbox/raw-client.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { crowd } from '../../support/program-harness.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';
import { finish, found, NEVER, openSetting, type Setting, turn } from './order-setting.ts';

const DAY = 86_400_000;
const TEXT = 'Please answer, $result[c1] or not.';
const clock = new ManualClock(Date.now());
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** An import that has invited people 2 to 5 into two groups. */
const invited = (options: Partial<SandboxOptions> = {}): Promise<Setting> =>
  openSetting({ pipeline, clock }, { users: 8, groups: 3, csv: crowd(2, 4) }, options);

async function preview({ context, id }: Setting): Promise<number> {
  const reminder = { message: TEXT, everyDays: 7 };
  const begun = await beginOrder(pipeline.db, { id }, 'remind', 'admin', reminder);
  if (!begun.ok) throw begun.problem;
  await previewOrder(context, begun.id, NEVER);
  return begun.id;
}

async function carryOut(setting: Setting, order: number): Promise<void> {
  const { toDo } = await found(pipeline, order);
  const confirmed = await confirmOrder(pipeline.db, setting, 'remind', toDo, 'admin');
  if (!confirmed.ok) throw confirmed.problem;
  await finish(setting, order);
}

const act = (portal: Portal, action: string, groupId: number, userId: number) =>
  portal.control('actions', [{ action, groupId, userId }]);

const notified = async (portal: Portal): Promise<number[]> =>
  (await portal.truth()).personalNotifications.map(({ userId }) => userId).toSorted();

test('reminds those who are pending, each once, and not again within the days', async () => {
  const setting = await invited();
  const { portal } = setting;
  await act(portal, 'accept', 1, 2);
  await act(portal, 'accept', 2, 2);
  await act(portal, 'decline', 1, 3);
  const order = await preview(setting);
  expect(await found(pipeline, order)).toEqual({
    toDo: 3,
    results: { 'kept/joined': 2, 'kept/gone': 1, 'kept/once': 2 },
  });
  // Somebody accepts between the preview and the request.
  await act(portal, 'accept', 1, 4);
  await carryOut(setting, order);
  expect(await notified(portal)).toEqual([3, 5]);
  expect((await portal.truth()).personalNotifications[0]?.message).toBe(TEXT);
  const facts = await readPersonFacts(pipeline.db, setting.id, 5 as UserId);
  expect(facts.orders).toMatchObject([
    { kind: 'remind', groupId: 1, result: 'done' },
    { kind: 'remind', groupId: 2, result: 'kept', reason: 'once' },
  ]);
  const again = await preview(setting);
  expect(await found(pipeline, again)).toMatchObject({
    toDo: 1,
    results: { 'kept/reminded_recently': 3 },
  });
  clock.pass(7 * DAY);
  expect(await found(pipeline, await preview(setting))).toMatchObject({ toDo: 3 });
  expect(await pipeline.outcomes(setting.id)).toMatchObject({ invited: 8 });
});

test('sends no reminder in quiet hours', async () => {
  const setting = await invited();
  const quietHours = QuietHours.parse('00:00-23:59 UTC');
  if (typeof quietHours === 'string') throw new Error(quietHours);
  clock.set(Date.UTC(2031, 0, 6, 12));
  const order = await preview(setting);
  const { toDo } = await found(pipeline, order);
  const confirmed = await confirmOrder(pipeline.db, setting, 'remind', toDo, 'admin');
  expect(confirmed.ok).toBe(true);
  const quiet = { ...setting, context: { ...setting.context, quietHours } };
  expect(await turn(quiet, order)).toMatchObject({ kind: 'later', why: 'quiet_hours' });
  expect(await notified(setting.portal)).toEqual([]);
  await turn(setting, order);
  expect((await notified(setting.portal)).length).toBeGreaterThan(0);
});

test('never repeats a reminder without an answer, and counts it as sent', async () => {
  const setting = await invited();
  const order = await preview(setting);
  await setting.portal.control('faults', [{ kind: 'drop_before', method: NOTIFY, times: 1 }]);
  await carryOut(setting, order);
  const { results } = await found(pipeline, order);
  const lost = results['unknown/no_answer'] ?? 0;
  expect(lost).toBeGreaterThan(0);
  expect(lost + (results['done/answered'] ?? 0)).toBe(4);
  expect(await notified(setting.portal)).toHaveLength(4 - lost);
  expect(await found(pipeline, await preview(setting))).toMatchObject({ toDo: 0 });
});

test('two imports that remind the same person at once send one notification', async () => {
  const one = await invited();
  // It invites them into a third group.
  const id = await pipeline.start(one.context, crowd(3, 4));
  for (const chunk of await unsettledChunks(pipeline.db, id)) {
    while ((await pipeline.turn(one.context, id, { chunk })).kind !== 'settled');
  }
  const other = { ...one, id };
  const orders = [await preview(one), await preview(other)] as const;
  await Promise.all([carryOut(one, orders[0]), carryOut(other, orders[1])]);
  expect(await notified(one.portal)).toEqual([2, 3, 4, 5]);
});

test('says which scope is missing, and holds nothing', async () => {
  const setting = await invited({ scopes: ['sonet_group', 'socialnetwork', 'user'] });
  await expect(preview(setting)).rejects.toMatchObject({
    coded: { code: 'order_scope_missing', params: { scope: 'im' } },
  });
});
