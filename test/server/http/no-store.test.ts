import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, crowd, TestServer } from '../../support/server.ts';

/** Files with names that change with their content, and responses without private data. */
const MAY_BE_KEPT = new Set(['/assets/page-1.js', '/healthz', '/readyz']);
/** Methods that `fetch` cannot send. */
const UNSENDABLE = new Set(['CONNECT', 'TRACE']);

interface Route {
  method: string;
  url: string;
}

let server: TestServer;
let routes: Route[] = [];

/** Fastify publishes each instance before it has a route. */
function listenForRoutes(message: unknown): void {
  routes = [];
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
    const methods = [method].flat().filter((one) => !UNSENDABLE.has(one));
    routes.push(...methods.map((one) => ({ method: one, url })));
  });
}

beforeAll(async () => {
  server = await TestServer.open({ worker: false, settings: { VIEWER_TOKEN: '' } });
  subscribe('fastify.initialization', listenForRoutes);
  await server.build({
    'index.html': '<script src="/assets/page-1.js"></script>',
    'assets/page-1.js': 'export {};',
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  });
  unsubscribe('fastify.initialization', listenForRoutes);
  const { id } = await server.add(crowd([2], [3, 4]));
  expect(id).toBe(1);
});
afterAll(() => server[Symbol.asyncDispose]());

const addressOf = (url: string): string => url.replace(':id', '1').replace('*', 'somewhere');

test.each([
  ['an admin', ADMIN],
  ['an anonymous caller', null],
])('no response to %s may be cached, on any route', async (_, token) => {
  const all = [...routes, { method: 'GET', url: '/api/imports/:id/results.csv?outcome=pending' }];
  expect(all.length).toBeGreaterThan(50);
  const kept = new Set<string>();
  for (const { method, url } of all) {
    const path = addressOf(url);
    const answer = await server.request(path, { method, token });
    await answer.body?.cancel();
    if (answer.headers.get('cache-control') !== 'no-store') kept.add(path);
  }
  expect(kept).toEqual(MAY_BE_KEPT);
});

test.each(['/nothing', '/api/nothing', '/api/imports/none', '/assets/none.js', '/api/imports/9'])(
  'the problem at %s may not be cached',
  async (path) => {
    const answer = await server.request(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      expect.toSatisfy((status: number) => status >= 400),
      'no-store',
    ]);
  },
);
