import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crowd, TestServer } from '../../support/server.ts';

const SCRIPT = 'export const page = "the page";\n';
const LOGIN = '<script type="module" src="./assets/login-1.js"></script><p>Login';
const PAGES = {
  'index.html': '<meta name="csp-nonce" content="__CSP_NONCE__"><script src="./assets/page-1.js">',
  'login.html': LOGIN,
  ...assets('page-1.js'),
  ...assets('login-1.js'),
};

function assets(name: string) {
  return { [`assets/${name}`]: SCRIPT, [`assets/${name}.gz`]: gzipSync(SCRIPT) };
}

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

const HTML = { headers: { accept: 'text/html' } };

describe('the page', () => {
  test('that is not built shows the build command', async () => {
    for (const path of ['/', '/login']) {
      const answer = await server.request(path, HTML);
      expect([answer.status, await answer.text()]).toEqual([
        503,
        expect.stringContaining('npm run build'),
      ]);
    }
    await server.build(PAGES);
  });

  test.each(['/', '/imports/7', '/people?user_id=3', '/whatever'])(
    'is shown at %s',
    async (path) => {
      const answer = await server.request(path, HTML);
      const text = await answer.text();
      const nonce = /content="([0-9a-f]{32})"/.exec(text)?.[1];
      expect(nonce).toBeDefined();
      expect(answer.headers.get('content-security-policy')).toContain(
        `style-src 'self' 'nonce-${nonce}'`,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  test('without login is the login page with its own files, and nothing else', async () => {
    const anonymous = { token: null };
    expect(await (await server.request('/login', anonymous)).text()).toBe(LOGIN.replace('./', '/'));
    const own = await server.request('/assets/login-1.js', anonymous);
    expect([own.status, await own.text()]).toEqual([200, SCRIPT]);
    expect(own.headers.get('cache-control')).toContain('immutable');
    for (const path of ['/assets/page-1.js', '/index.html', '/login.html', '/data/ledger.db']) {
      expect([path, (await server.request(path, anonymous)).status]).toEqual([path, 401]);
    }
  });

  test('is served compressed', async () => {
    const answer = await server.request('/assets/page-1.js');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toBe(SCRIPT);
  });

  test.each(['/assets/none.js', '/api/none', '/assets/../data/ledger.db', '/assets/%2e%2e/x'])(
    'has nothing at %s',
    async (path) => {
      expect((await server.request(path)).status).toBe(404);
    },
  );
});

describe('the queue’s page', () => {
  test('is shown to administrators, with its own policy and read-only', async () => {
    const page = await server.request('/queue', HTML);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("'unsafe-inline'");
    expect(await page.text()).toContain('<base href="/queue/"');
    const { id } = await server.add(crowd([2], [3, 4]));
    await server.post(`/api/imports/${id}/start`);
    const { queues } = await server.json<{ queues: { name: string; readOnlyMode: boolean }[] }>(
      '/queue/api/queues',
    );
    expect(queues).toMatchObject([{ name: 'invites', readOnlyMode: true }]);
    const icon = await server.request('/queue/static/images/logo.svg');
    expect(icon.headers.get('content-type')).toContain('image/svg');
    expect(await icon.text()).toContain('<svg');
    const nothing = await server.request('/queue/static/none.js');
    expect([nothing.status, await nothing.json()]).toMatchObject([404, { code: 'nothing_here' }]);
    for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
      const answer = await server.request('/queue/api/queues/invites/pause', { method });
      expect([405, 404]).toContain(answer.status);
    }
    const refused = await server.request('/queue/api/queues/invites/pause', { method: 'PUT' });
    expect(await refused.json()).toMatchObject({ type: '/problems/method_not_allowed' });
  });
});

describe('the description of the API', () => {
  test('has every route of the design, with its responses', async () => {
    const { openapi, paths } = await server.json<{
      openapi: string;
      paths: Record<string, Record<string, { responses: object; requestBody?: object }>>;
    }>('/api/openapi.json');
    expect(openapi).toBe('3.1.0');
    expect(
      Object.entries(paths)
        .flatMap(([path, methods]) => Object.keys(methods).map((name) => `${name} ${path}`))
        .sort(),
    ).toEqual([
      ...[
        'delete /api/imports/{id}',
        'delete /api/imports/{id}/remembered',
        'delete /api/session',
        'get /api/events',
        'get /api/imports',
        'get /api/imports/{id}',
      ],
      ...[
        'audit',
        'events',
        'groups',
        'pairs',
        'rate',
        'remind',
        'results.csv',
        'results.xlsx',
        'review',
        'undo',
      ].map((name) => `get /api/imports/{id}/${name}`),
      ...['get /api/pairs', 'get /api/people', 'get /api/portal'],
      ...['get /api/sample.csv', 'get /api/sample.xlsx'],
      ...['get /api/session', 'get /api/template.csv', 'get /api/template.xlsx', 'get /healthz'],
      ...['get /metrics', 'get /readyz'],
      ...['post /api/doctor', 'post /api/imports'],
      ...[
        ...['archive', 'cancel', 'check', 'corrections', 'leave-out', 'message', 'pause'],
        ...['remind', 'remind/preview'],
      ].map((name) => `post /api/imports/{id}/${name}`),
      ...[
        'remind/stop',
        'reread',
        'resume',
        'retry',
        'start',
        'unarchive',
        'undo',
        'undo/preview',
        'undo/stop',
      ].map((name) => `post /api/imports/{id}/${name}`),
      ...['post /api/portal/try-now', 'post /api/session'],
    ]);
    expect(Object.keys(paths['/api/imports']?.post?.requestBody ?? {}).toSorted()).toEqual([
      'content',
      'required',
    ]);
    expect(JSON.stringify(paths)).toContain('"etaSeconds"');
  });
});
