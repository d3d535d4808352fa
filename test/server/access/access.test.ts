import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Token } from '../../../src/domain/text/token.ts';
import { openServer } from '../../../src/server/start-server.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { ADMIN, TestServer, VIEWER } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

const login = (token: string, headers: Record<string, string> = {}) =>
  server.request('/api/session', {
    method: 'POST',
    token: null,
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** @returns a session's cookie, as a browser sends it back */
async function cookieOf(answer: Response): Promise<string> {
  await answer.arrayBuffer();
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Logs out. */
const logOut = (cookie: string) =>
  server.request('/api/session', {
    method: 'DELETE',
    token: null,
    headers: { cookie, ...own() },
  });

const own = () => ({ origin: server.origin });

interface Route {
  method: string;
  path: string;
}

/** @returns every route that the API describes, with numbers filled in */
async function routes(): Promise<Route[]> {
  const { paths } = await server.json<{ paths: Record<string, object> }>('/api/openapi.json');
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll('{id}', '1'),
    })),
  );
}

const PUBLIC = new Set(['GET /healthz', 'GET /readyz', 'POST /api/session']);

describe('without login', () => {
  test('only health is served', async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(20);
    for (const { method, path } of all) {
      if (PUBLIC.has(`${method} ${path}`)) continue;
      const answer = await server.request(path, { method, token: null });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ type: '/problems/login_required' });
    }
  });

  test.each(['/api/openapi.json', '/queue', '/queue/api/queues', '/api/nothing', '/x.js', '/'])(
    '%s does not reveal whether it exists',
    async (path) => {
      const answer = await server.request(path, { token: null });
      expect(answer.status).toBe(401);
    },
  );

  test('a request for a page is redirected to the login', async () => {
    const answer = await server.request('/imports/7?tab=pairs', {
      token: null,
      headers: { accept: 'text/html,*/*' },
    });
    // Below a path of a proxy, this leads to the program's own login page, which explains that it
    // cannot work there.
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '../login?next=%2Fimports%2F7%3Ftab%3Dpairs',
    ]);
    const root = await server.request('/', { token: null, headers: { accept: 'text/html' } });
    expect(root.headers.get('location')).toBe('login');
  });

  test('health and readiness are served', async () => {
    expect(await server.json('/healthz', { token: null })).toMatchObject({ status: 'ok' });
    expect(await server.json('/readyz', { token: null })).toEqual({
      ...{ status: 'ok', ledger: 'ok', redis: 'ok' },
    });
  });
});

describe('a bearer token', () => {
  test.each([
    ['admin', ADMIN],
    ['viewer', VIEWER],
  ])('grants the role %s', async (role, token) => {
    const session = await server.json('/api/session', { token });
    expect(session).toMatchObject({ role, expiresAt: null, defaultMessage: null });
    expect(JSON.stringify(session)).not.toContain('/rest/');
  });

  test.each(['wrong', `${ADMIN}x`, ADMIN.slice(0, -1)])('%s opens nothing', async (token) => {
    const answer = await server.request('/api/session', { token });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ type: '/problems/wrong_token' });
  });

  test('a viewer may read and change nothing', async () => {
    for (const { method, path } of await routes()) {
      if (PUBLIC.has(`${method} ${path}`) || path === '/api/session') continue;
      if (path.includes('events')) continue;
      const answer = await server.request(path, { method, token: VIEWER });
      await answer.arrayBuffer();
      if (method === 'GET') expect([path, answer.status]).not.toEqual([path, 403]);
      else expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  test.each(['/queue', '/queue/api/queues'])('a viewer is refused %s', async (path) => {
    const answer = await server.request(path, { token: VIEWER });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ type: '/problems/admins_only' });
  });
});

describe('a session', () => {
  test('starts with a token, is returned, and ends', async () => {
    const answer = await login(VIEWER);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/; Path=\/; Expires=.+; HttpOnly; SameSite=Strict$/);
    expect(await answer.json()).toMatchObject({ role: 'viewer' });
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const session = await server.json<{ expiresAt: string }>('/api/session', {
      token: null,
      headers,
    });
    expect(session).toMatchObject({ role: 'viewer' });
    expect(Date.parse(session.expiresAt)).toBeGreaterThan(Date.now() + 3_600_000);
    const end = await logOut(headers.cookie);
    expect(end.status).toBe(204);
    expect(end.headers.getSetCookie()[0]).toMatch(/=; .*Expires=Thu, 01 Jan 1970/);
  });

  test('ends for every copy of its cookie, across a restart and for servers that share DATA_DIR, and no other session ends', async () => {
    const ask = async (cookie: string, from = server.origin) =>
      (await fetch(`${from}/api/session`, { headers: { cookie } })).status;
    const copied = await cookieOf(await login(ADMIN));
    const other = await cookieOf(await login(ADMIN));
    expect((await logOut(copied)).status).toBe(204);
    expect([await ask(copied), await ask(other)]).toEqual([401, 200]);
    expect((await logOut(copied)).status).toBe(401);
    await server.restart();
    expect([await ask(copied), await ask(other)]).toEqual([401, 200]);
    const app = { ...server.app, metrics: new Metrics() };
    await using second = await openServer(app, server.config, createLog(server.config));
    expect([await ask(copied, second.origin), await ask(other, second.origin)]).toEqual([401, 200]);
  });

  test('that has ended is stored until it would have expired', async () => {
    const folder = join(server.config.dataDir, 'ended-sessions');
    await logOut(await cookieOf(await login(ADMIN)));
    const old = new Date(Date.now() - 12 * 3_600_000 - 1_000);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
    await logOut(await cookieOf(await login(ADMIN)));
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('that has ended receives no more events', async () => {
    const cookie = await cookieOf(await login(VIEWER));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const events = await server.request('/api/events', { token: null, headers: { cookie } });
      expect((await logOut(cookie)).status).toBe(204);
      vi.advanceTimersByTime(15_000);
      expect(await events.text()).toContain('event: portal');
    } finally {
      vi.useRealTimers();
    }
  });

  test('is secure behind TLS', async () => {
    const host = new URL(server.origin).host;
    const answer = await login(ADMIN, { origin: `https://${host}` });
    expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
  });

  test('survives a restart, and ends when its token changes', async () => {
    const cookie = await cookieOf(await login(ADMIN));
    const ask = () => server.request('/api/session', { token: null, headers: { cookie } });
    await server.restart();
    expect((await ask()).status).toBe(200);
    await server.restart({ adminToken: new Token('another-token-of-an-admin') });
    expect((await ask()).status).toBe(401);
    await server.restart();
    expect((await ask()).status).toBe(200);
  });

  test.each<[what: string, change: (cookie: string) => string]>([
    ['another role', (cookie) => cookie.replace('viewer', 'admin')],
    ['a later end', (cookie) => cookie.replace(/\.(\d+)\./, '.9$1.')],
    ['no signature', (cookie) => cookie.replace(/\.[^.]*$/, '')],
    ['nothing', (cookie) => cookie.replace(/=.*/, '=')],
  ])('with %s is invalid', async (_, change) => {
    const cookie = change(await cookieOf(await login(VIEWER)));
    const answer = await server.request('/api/session', { token: null, headers: { cookie } });
    expect(answer.status).toBe(401);
  });

  test.each<[what: string, headers: () => Record<string, string>, status: number]>([
    ['its own page', () => own(), 404],
    ['its own page, by Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'same-origin' }), 404],
    ['the address bar', () => ({ 'sec-fetch-site': 'none' }), 404],
    ['another page', () => ({ origin: 'https://evil.example' }), 403],
    ['a page without origin', () => ({ origin: 'null' }), 403],
    ['a page of the same site', () => ({ 'sec-fetch-site': 'same-site', ...own() }), 403],
    ['an unknown origin', () => ({}), 403],
  ])('accepts or refuses a request from %s', async (_, headers, status) => {
    const cookie = await cookieOf(await login(ADMIN));
    const answer = await server.request('/api/imports/999/start', {
      method: 'POST',
      token: null,
      headers: { cookie, ...headers() },
    });
    expect(answer.status).toBe(status);
  });

  test('cannot be started from another page', async () => {
    const answer = await login(ADMIN, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each(['{}', '{"token": 7}', 'token', ''])('cannot be begun with %s', async (body) => {
    const answer = await server.request('/api/session', {
      method: 'POST',
      token: null,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: '/problems/invalid_request' });
  });
});

describe('an address that tries tokens', () => {
  test('is refused after ten, even with the right one; a session continues', async () => {
    const cookie = await cookieOf(await login(ADMIN));
    await server.restart();
    for (let tried = 0; tried < 5; tried++) {
      expect((await login(`wrong ${tried}`)).status).toBe(401);
      expect((await server.request('/api/imports', { token: `wrong${tried}` })).status).toBe(401);
    }
    const refused = await login(ADMIN);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(await refused.json()).toMatchObject({ type: '/problems/too_many_attempts' });
    expect((await server.request('/api/imports')).status).toBe(429);
    const session = await server.request('/api/session', { token: null, headers: { cookie } });
    expect(session.status).toBe(200);
    await server.restart();
  });
});

describe('every response', () => {
  test.each(['/api/imports', '/login', '/api/nothing'])('%s says what is allowed', async (path) => {
    const { headers } = await server.request(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none';script-src 'self' 'nonce-/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
