import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { LatestOrder, Order } from '../../../src/server/schemas/orders/order-schema.ts';
import { crowd, TestServer, VIEWER } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Reads until the order is in the state. */
async function untilOrder(id: number, state: Order['state'], name = 'undo'): Promise<Order> {
  for (;;) {
    const { order } = await server.json<LatestOrder>(`/api/imports/${id}/${name}`);
    if (order?.state === state) return order;
    if (order?.state === 'failed') throw new Error(JSON.stringify(order.problem));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('an undo is previewed, confirmed by its number, and carried out by the workers', async () => {
  const { id } = await server.add(crowd([2, 4], [11, 12, 13]));
  const at = `/api/imports/${id}/undo`;
  expect((await server.post(`${at}/preview`)).status).toBe(409);
  await server.post(`/api/imports/${id}/start`);
  const { outcomes } = await server.until(id, ({ state }) => state === 'finished');
  expect(await server.json<LatestOrder>(at)).toEqual({ order: null });
  expect((await server.post(at, { confirm: outcomes.invited ?? 0 })).status).toBe(409);
  expect((await server.post(`${at}/preview`)).status).toBe(200);
  const { toDo, means, pairs } = await untilOrder(id, 'ready');
  expect({ toDo, pairs }).toEqual({ toDo: outcomes.invited, pairs: outcomes.invited });
  expect(means).toEqual({ method: 'cancel', isAllowed: true, showsOrigin: true });
  const wrong = await server.post(at, { confirm: toDo + 1 });
  expect(wrong.status).toBe(409);
  expect(await wrong.json()).toMatchObject({ params: { number: toDo + 1, count: toDo } });
  const seen = await server.request(at, { token: VIEWER });
  const refused = await server.request(`${at}/preview`, { token: VIEWER, method: 'POST' });
  expect([seen.status, refused.status]).toEqual([200, 403]);
  expect((await server.post(at, { confirm: toDo })).status).toBe(200);
  const { results } = await untilOrder(id, 'finished');
  expect(results).toMatchObject([{ result: 'done', reason: 'answered', count: toDo }]);
  expect((await server.json<Import>(`/api/imports/${id}`)).outcomes).toMatchObject({
    ...{ invited: 0, withdrawn: toDo },
  });
  const { items } = await server.json<AuditTrail>(`/api/imports/${id}/audit`);
  expect(items.slice(-2)).toMatchObject([
    { actor: 'admin', action: 'undo' },
    { actor: 'worker', action: 'undo result' },
  ]);
  expect((await server.post(`${at}/stop`)).status).toBe(200);
  // Only the withdrawn ones are invited again.
  await server.post(`/api/imports/${id}/retry`, { outcome: 'withdrawn', reason: 'by_user' });
  const again = await server.until(id, ({ state }) => state === 'finished');
  expect(again.outcomes).toMatchObject({ invited: toDo, withdrawn: 0 });
});

test('a reminder needs a text, and notifies each person once', async () => {
  const { id } = await server.add(crowd([7, 9], [21, 22]));
  await server.post(`/api/imports/${id}/start`);
  await server.until(id, ({ state }) => state === 'finished');
  const at = `/api/imports/${id}/remind`;
  expect((await server.post(`${at}/preview`)).status).toBe(400);
  expect((await server.post(`${at}/preview`, { message: 'Please answer.' })).status).toBe(200);
  const { toDo, message } = await untilOrder(id, 'ready', 'remind');
  expect({ toDo, message }).toEqual({ toDo: 2, message: 'Please answer.' });
  await server.post(at, { confirm: 2 });
  const { results } = await untilOrder(id, 'finished', 'remind');
  expect(results).toContainEqual(expect.objectContaining({ result: 'done', count: 2 }));
});
