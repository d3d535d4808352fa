import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelImport, orderRetry, retryImport } from '../../../src/invite/import-lifecycle.ts';
import { beginOrder, confirmOrder, stopOrder } from '../../../src/invite/orders/order-lifecycle.ts';
import { previewOrder } from '../../../src/invite/orders/preview-order.ts';
import { readAudit } from '../../../src/ledger/imports/audit.ts';
import { orderChunksToDo } from '../../../src/ledger/orders/order-chunks.ts';
import { findOrder } from '../../../src/ledger/orders/order-store.ts';
import { CANCEL_INVITE } from '../../../src/portal/methods/user-to-group.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { Portal } from '../../sandbox/raw-client.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { crowd } from '../../support/program-harness.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';
import { finish, found, NEVER, openSetting, type Setting, turn } from './order-setting.ts';

const clock = new ManualClock(Date.now());
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** An import that has invited people 2 to 9 into group 1. */
const invited = (options: Partial<SandboxOptions> = {}): Promise<Setting> =>
  openSetting({ pipeline, clock }, { users: 12, groups: 2, csv: crowd(1, 8) }, options);

const act = (portal: Portal, ...actions: [action: string, userId: number, byUserId?: number][]) =>
  portal.control(
    'actions',
    actions.map(([action, userId, byUserId]) => ({ action, groupId: 1, userId, byUserId })),
  );

/** Reads the preview. @returns the id of the order, and how many it would withdraw and keep, by reason */
async function preview({ context, id }: Setting) {
  const begun = await beginOrder(pipeline.db, { id }, 'withdraw', 'admin');
  if (!begun.ok) throw begun.problem;
  await previewOrder(context, begun.id, NEVER);
  return { order: begun.id, ...(await found(pipeline, begun.id)) };
}

const confirm = (id: number, number: number) =>
  confirmOrder(pipeline.db, { id }, 'withdraw', number, 'admin');

const relations = async (portal: Portal): Promise<Record<number, string>> => {
  const { relations: all } = await portal.truth();
  const ofGroup = all.filter(({ groupId, userId }) => groupId === 1 && userId > 1);
  return Object.fromEntries(ofGroup.map(({ userId, role }) => [userId, role]));
};

describe('undo', () => {
  test('withdraws what the import has made, and keeps those who joined, left, or were invited by others', async () => {
    const setting = await invited();
    const { portal, id } = setting;
    await act(
      portal,
      ['accept', 2],
      ['decline', 3],
      ['decline', 4],
      ['invite', 4, 12],
      ['decline', 5],
      ['ask', 5],
    );
    const { order, toDo, results } = await preview(setting);
    expect({ toDo, results }).toEqual({
      toDo: 4,
      results: { 'kept/joined': 1, 'kept/gone': 1, 'kept/not_ours': 2 },
    });
    expect(await confirm(id, 5)).toMatchObject({
      ok: false,
      problem: { coded: { code: 'order_number_wrong' } },
    });
    expect(await confirm(id, 4)).toMatchObject({ ok: true });
    // People go on between the preview and the requests.
    await act(portal, ['accept', 6], ['decline', 7], ['invite', 7, 12]);
    await finish(setting, order);
    expect(await found(pipeline, order)).toMatchObject({
      toDo: 0,
      results: { 'done/answered': 2, 'kept/joined': 2, 'kept/gone': 1, 'kept/not_ours': 3 },
    });
    expect(await relations(portal)).toEqual({ 2: 'K', 4: 'Z', 5: 'Z', 6: 'K', 7: 'Z' });
    expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 6, 'withdrawn/by_user': 2 });
    expect((await readAudit(pipeline.db, id)).slice(-2)).toMatchObject([
      { actor: 'admin', action: 'undo', detail: { params: { pairs: 4 } } },
      { actor: 'worker', action: 'undo result', detail: { params: { done: 2, others: 6 } } },
    ]);
  });

  test('is repeated after a request without an answer only when the reading shows it pending', async () => {
    for (const kind of ['drop_after', 'drop_before'] as const) {
      const setting = await invited();
      const { order } = await preview(setting);
      await confirm(setting.id, 8);
      await setting.portal.control('faults', [
        { kind, method: CANCEL_INVITE.toLowerCase(), times: 1 },
      ]);
      await turn(setting, order);
      clock.pass(setting.context.client.overAfterMs);
      await finish(setting, order);
      const { results } = await found(pipeline, order);
      const confirmed = results['done/confirmed'] ?? 0;
      expect(confirmed > 0).toBe(kind === 'drop_after');
      expect(confirmed + (results['done/answered'] ?? 0)).toBe(8);
      expect(await relations(setting.portal)).toEqual({});
      expect((await setting.portal.truth()).withdrawals).toHaveLength(8);
    }
  });

  test('does without cancelInvite where the caller is an administrator, and says so', async () => {
    const absent = ['socialnetwork.api.usertogroup.cancelinvite'] as const;
    const setting = await invited({ absent, isAdmin: true });
    await act(setting.portal, ['accept', 2]);
    const { order, toDo } = await preview(setting);
    expect((await findOrder(pipeline.db, order))?.means).toEqual({
      method: 'delete',
      isAllowed: true,
      showsOrigin: true,
    });
    await confirm(setting.id, toDo);
    await finish(setting, order);
    expect(await relations(setting.portal)).toEqual({ 2: 'K' });
    expect((await setting.portal.truth()).withdrawals).toHaveLength(7);
  });

  test('does nothing where the portal offers no way', async () => {
    const absent = ['socialnetwork.api.usertogroup.cancelinvite'] as const;
    const { toDo, results } = await preview(await invited({ absent }));
    expect({ toDo, results }).toEqual({ toDo: 0, results: { 'refused/no_right': 8 } });
  });

  test('can be stopped, and its pairs stay invited', async () => {
    const setting = await invited();
    const { order } = await preview(setting);
    await confirm(setting.id, 8);
    await stopOrder(pipeline.db, { id: setting.id }, 'withdraw', 'admin');
    expect(await turn(setting, order)).toMatchObject({ kind: 'dropped' });
    expect(await pipeline.tallies(setting.id)).toEqual({ 'invited/returned': 8 });
  });

  test('a retry invites the withdrawn ones again, if it names them', async () => {
    const setting = await invited();
    const { order } = await preview(setting);
    await confirm(setting.id, 8);
    await finish(setting, order);
    const parent = await pipeline.find(setting.id);
    expect(await retryImport(pipeline.db, parent, 'admin', undefined)).toMatchObject({ pairs: 0 });
    expect(await orderRetry(pipeline.db, parent, 'admin', 'by_user')).toMatchObject({ pairs: 8 });
    await retryImport(pipeline.db, parent, 'admin', 'by_user');
    while ((await pipeline.find(setting.id)).state === 'running') {
      await pipeline.turn(setting.context, setting.id);
    }
    expect(await pipeline.tallies(setting.id)).toEqual({ 'invited/returned': 8 });
    // What was invited again is withdrawn again.
    const second = await preview(setting);
    expect(second.toDo).toBe(8);
  });

  test('waits for an import that may still invite, and for another order', async () => {
    const setting = await invited();
    const { db } = pipeline;
    const running = await pipeline.start(setting.context, crowd(2, 1));
    expect(await beginOrder(db, { id: running }, 'withdraw', 'admin')).toMatchObject({
      problem: { coded: { code: 'order_too_early' } },
    });
    await cancelImport(db, await pipeline.find(running), 'admin');
    await preview(setting);
    await confirm(setting.id, 8);
    expect(await beginOrder(db, setting, 'withdraw', 'admin')).toMatchObject({
      problem: { coded: { code: 'order_in_progress' } },
    });
    const portal = setting.context.client.webhook.portal;
    expect(await orderChunksToDo(db, portal)).toMatchObject([
      { importId: setting.id, chunks: [0] },
    ]);
  });
});
