import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { PairPage } from '../../../src/server/schemas/pair-schema.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

/** Every kind of row: pairs that are invited or fail, a duplicate, rejects, an address. */
const CSV = `${crowd([2, 33, 999], range(3, 12))}2,3\n4,9001\n,5\n2,nobody@example.com\n`;

let server: TestServer;
let id: number;
beforeAll(async () => {
  server = await TestServer.open();
  ({ id } = await server.uploadAndWait(CSV));
  await server.post(`/api/imports/${id}/start`);
  await server.until(id, ({ state }) => state === 'finished');
});
afterAll(() => server[Symbol.asyncDispose]());

const LINES = 34;

test('a server returns all records of its ledger', async () => {
  const found = await server.json<Import>(`/api/imports/${id}`);
  expect(found).toMatchObject({ rows: LINES, rejectedRows: 2, who: 'admin', problem: null });
  expect(found.outcomes).toMatchObject({ pending: 0, duplicate: 1, rejected: 2 });
  const { items } = await server.json<PairPage>(`/api/imports/${id}/pairs?limit=500`);
  const results = await (await server.request(`/api/imports/${id}/results.csv`)).text();
  expect([items.length, results.trimEnd().split('\r\n').length - 1]).toEqual([LINES, LINES]);
});

test('answers every request of the API', async () => {
  const { paths } = await server.json<{ paths: Record<string, object> }>('/api/openapi.json');
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    'get' in methods && !path.endsWith('/events') ? [path.replace('{id}', String(id))] : [],
  );
  const pairs = `/api/imports/${id}/pairs`;
  const asked = [
    ...described.filter((path) => path !== '/api/pairs' && path !== '/api/people'),
    ...['q=marketing&sort=-user', 'q=3&page=2', 'place=1,2', 'sort=group&outcome=invited'].map(
      (query) => `${pairs}?${query}`,
    ),
    ...['/api/people?q=Анна', '/api/imports?q=team&active=false', '/api/imports?archived=true'],
    ...['outcome=failed', 'outcome=pending', 'outcome=duplicate', 'reason=not_allowed'].map(
      (query) => `${pairs}?${query}`,
    ),
    ...['group_id=2', 'group_id=2&outcome=invited', 'group_id=2&user_id=3', 'user_id=3'].map(
      (query) => `${pairs}?${query}`,
    ),
    ...[`${pairs}?cursor=0.2147483647`, `/api/imports/${id}/groups?cursor=2147483647`],
    ...['/api/pairs?user_id=3', '/api/pairs?email=nobody@example.com', '/api/imports?limit=1'],
    ...['/api/pairs?user_id=3&cursor=2147483647', '/api/imports?cursor=2147483647'],
  ];
  const answers = await Promise.all(
    asked.map(async (path) => {
      const answer = await server.request(path);
      await answer.arrayBuffer();
      return `${answer.status} ${path}`;
    }),
  );
  expect(answers).toEqual(asked.map((path) => `200 ${path}`));
  expect(asked.length).toBeGreaterThan(25);
});

test('carries out commands, and removes a replaced import', async () => {
  expect((await server.post(`/api/imports/${id}/retry`, { reason: 'not_allowed' })).status).toBe(
    200,
  );
  const old = await server.uploadAndWait('a,b\n2,3\n', { groupColumn: 'a', userColumn: 'b' });
  const reread = await server.post(`/api/imports/${old.id}/reread`, {
    groupColumn: 'b',
    userColumn: 'a',
  });
  expect(await reread.json()).toMatchObject({ rows: 1 });
  expect((await server.request(`/api/imports/${old.id}`)).status).toBe(404);
  const made = await server.json<{ items: Import[] }>('/api/imports');
  const [newest] = made.items;
  const cancelled = await server.post(`/api/imports/${newest?.id}/cancel`);
  expect(await cancelled.json()).toMatchObject({ state: 'cancelled' });
});
