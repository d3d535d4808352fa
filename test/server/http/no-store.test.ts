import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, crowd, TestServer } from '../../support/server.ts';

/** Where the names of files change with what is in them, and what tells nothing about anybody. */
const MAY_BE_KEPT = new Set(['/assets/page-1.js', '/healthz', '/readyz']);
/** What no client of ours can send. */
const UNSENDABLE = new Set(['CONNECT', 'TRACE']);

interface Route {
  method: string;
  url: string;
}

let server: TestServer;
let routes: Route[] = [];

/** Fastify tells of each instance before it has a route. */
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
  ['nobody in particular', null],
])('no answer to %s may be kept, whatever the route', async (_, token) => {
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
  'nor the problem at %s',
  async (path) => {
    const answer = await server.request(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      expect.toSatisfy((status: number) => status >= 400),
      'no-store',
    ]);
  },
);
