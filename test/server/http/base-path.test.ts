import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { belowBase } from '../../../src/server/http/base-path.ts';
import { eventsOf } from '../../support/events.ts';
import { ADMIN, crowd, TestServer } from '../../support/server.ts';

const BASE = '/tools/bulk-invite';
const PAGES = {
  'index.html': '<html data-base="__BASE_PATH__"><script src="./assets/page-1.js">',
  'assets/page-1.js': 'export {};\n',
};

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false, settings: { BASE_PATH: BASE } });
  await server.build(PAGES);
});
afterAll(() => server[Symbol.asyncDispose]());

const HTML = { accept: 'text/html' };
const get = (path: string, headers: Record<string, string> = {}) =>
  server.request(path, { headers });

test.each([
  [`${BASE}/imports/7?x=1`, '/imports/7?x=1'],
  [BASE, '/'],
  [`${BASE}?x=1`, '/?x=1'],
  [`${BASE}/`, '/'],
  [`http://example.com${BASE}/new`, '/new'],
  [`${BASE}//evil.example`, '//evil.example'],
  ['/', undefined],
  ['/imports/7', undefined],
  [`${BASE}s/imports/7`, undefined],
  [`/x${BASE}/imports/7`, undefined],
])('the address %s has %s below the base path', (url, below) => {
  expect(belowBase(url, BASE)).toBe(below);
});

test('without a base path, every address is below it', () => {
  expect(belowBase('http://example.com/imports/7?x=1', '')).toBe('/imports/7?x=1');
});

describe('with BASE_PATH', () => {
  test.each(['', '/', '/imports/7'])('the page is at it and below: %s', async (path) => {
    const answer = await get(`${BASE}${path}`, HTML);
    expect(await answer.text()).toBe(
      `<html data-base="${BASE}"><script src="${BASE}/assets/page-1.js">`,
    );
    expect((await get(`${BASE}/assets/page-1.js`)).status).toBe(200);
  });

  test('a login is requested, and its cookie sent, only below it', async () => {
    const page = await server.request(`${BASE}/imports/7?a=b`, { token: null, headers: HTML });
    const location = `${BASE}/login?next=%2Fimports%2F7%3Fa%3Db`;
    expect([page.status, page.headers.get('location')]).toEqual([303, location]);
    const answer = await server.request(`${BASE}/api/session`, {
      ...{ method: 'POST', token: null, body: JSON.stringify({ token: ADMIN }) },
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining(`; Path=${BASE};`)]);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const end = await server.request(`${BASE}/api/session`, {
      ...{ method: 'DELETE', token: null, headers: { cookie, origin: server.origin } },
    });
    expect(end.headers.getSetCookie()).toEqual([expect.stringContaining(`; Path=${BASE};`)]);
  });

  test('the login link, its button and what follows have it', async () => {
    await server.restart({ adminToken: undefined });
    const link = server.loginLink ?? '';
    expect(link).toContain(`${server.origin}${BASE}/login?token=`);
    const page = await (await fetch(link)).text();
    expect(page).toContain(`action="${BASE}/login"`);
    const token = new URL(link).searchParams.get('token') ?? '';
    const pressed = await fetch(`${server.origin}${BASE}/login`, {
      ...{ method: 'POST', redirect: 'manual', headers: { origin: server.origin } },
      body: new URLSearchParams({ token }),
    });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `${BASE}/`]);
    await server.restart();
  });

  test('the addresses in answers of the API have it', async () => {
    const body = new FormData();
    body.append('file', new Blob([crowd([2], [3])]), 'people.csv');
    const made = await server.request(`${BASE}/api/imports`, { method: 'POST', body });
    const { id } = (await made.json()) as { id: number };
    expect(made.headers.get('location')).toBe(`${BASE}/api/imports/${id}`);
    expect(await server.json(`${BASE}/api/imports/${id}/review`)).toMatchObject({
      rejects: { csv: `${BASE}/api/imports/${id}/results.csv?outcome=rejected` },
    });
    expect(await (await get(`${BASE}/api/imports/999`)).json()).toMatchObject({
      instance: `${BASE}/api/imports/999`,
    });
    const { servers } = await server.json<{ servers: object[] }>(`${BASE}/api/openapi.json`);
    expect(servers).toEqual([{ url: BASE }]);
    for await (const { name } of eventsOf(await get(`${BASE}/api/events`))) {
      if (name === 'portal') break;
    }
  });

  test('the page of the queue has it, and a way back', async () => {
    const page = await (await get(`${BASE}/queue`, HTML)).text();
    expect(page).toContain(`<base href="${BASE}/queue/"`);
    expect(page).toContain(`"url":"${BASE}/"`);
    expect((await get(`${BASE}/queue/static/images/logo.svg`)).status).toBe(200);
    expect(await server.json(`${BASE}/queue/api/queues`)).toHaveProperty('queues');
  });

  test('health and metrics are at the root as well', async () => {
    for (const base of ['', BASE]) {
      expect((await get(`${base}/healthz`)).status).toBe(200);
      // On a busy machine, the parts answer too late.
      expect([200, 503]).toContain((await get(`${base}/readyz`)).status);
      expect((await get(`${base}/metrics`)).status).toBe(200);
      const anonymous = { token: null };
      expect((await server.request(`${base}/metrics`, anonymous)).status).toBe(401);
    }
  });

  test.each(['/', '/login', `${BASE}s`, '/assets/page-1.js'])(
    'nothing else is outside of it: %s',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, await answer.json()]).toMatchObject([
        404,
        { code: 'outside_base_path', params: { base: BASE } },
      ]);
      expect((await get('/api/imports')).status).toBe(404);
      const page = await get(path, { ...HTML, 'accept-language': 'ru' });
      expect([page.status, await page.text()]).toEqual([
        404,
        expect.stringContaining(`<code>${BASE}/</code>, как задано в BASE_PATH`),
      ]);
    },
  );
});
