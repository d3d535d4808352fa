import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/dashboard/api/api-error.ts';
import { PAGE } from '../../../src/platform/assets.ts';
import { BrowserPages } from '../../dashboard/browser-pages.ts';
import { eventsOf } from '../../support/events.ts';
import { ADMIN, crowd, TestServer } from '../../support/server.ts';
import { freePort } from '../../support/services/free-port.ts';
import { findNginx, startNginx } from '../../support/services/nginx.ts';

const BASE = '/bulk-invite';
const GUIDE = new URL('../../../docs/operating.md', import.meta.url);

const nginx = findNginx();
if (nginx === undefined) {
  process.stderr.write('nginx is not installed: the page is not tested behind it.\n');
}

/** The configuration of docs/operating.md for a server behind a path. */
function documented(port: string): string {
  const [, block = ''] =
    /```nginx\n(location \/bulk-invite\/ \{[^`]+)```/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  return block.replace('127.0.0.1:3000', `127.0.0.1:${port}`);
}

describe.skipIf(nginx === undefined)('behind nginx, below a path', () => {
  const stack = new AsyncDisposableStack();
  let server: TestServer;
  /** As documented, and with another configuration that does not fit. */
  let origin: string;
  let unfit: string;

  beforeAll(async () => {
    const settings = { BASE_PATH: BASE, TRUST_PROXY: 'loopback' };
    server = stack.use(await TestServer.open({ worker: false, settings }));
    cpSync(PAGE, join(server.folder, 'page'), { recursive: true });
    await server.restart();
    const { port } = new URL(server.origin);
    const ports = [await freePort(), await freePort()];
    [origin = '', unfit = ''] = ports.map((one) => `http://127.0.0.1:${one}`);
    const configured = `
server { listen 127.0.0.1:${ports[0]}; ${documented(port)} }
server {
  listen 127.0.0.1:${ports[1]};
  location /bulk-invite/ { proxy_pass http://127.0.0.1:${port}; }
  location = /bulk-invite/api/portal { return 302 https://login.example/; }
  location /removed/ { proxy_pass http://127.0.0.1:${port}/; }
}`;
    stack.use(await startNginx(nginx ?? '', configured));
  });
  afterAll(() => stack.disposeAsync());

  const request = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { authorization: `Bearer ${ADMIN}`, ...init.headers } });

  const upload = (to: string) => {
    const body = new FormData();
    // No table, so that nothing of it is read.
    body.append('file', new Blob(['x'.repeat(2_000_000)]), 'people.csv');
    return request(`${to}${BASE}/api/imports`, { method: 'POST', body });
  };

  test('the page works with login, events, queue, and a login of the proxy', async () => {
    await using pages = new BrowserPages(origin);
    const page = await pages.open(`${BASE}/imports`, { locale: 'en-GB' });
    expect(page.url()).toContain(`${origin}${BASE}/login`);
    await page.goto(BASE);
    await page.getByLabel('Access key').fill(ADMIN);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('No imports yet').waitFor();
    expect(await page.context().cookies()).toMatchObject([{ path: BASE, sameSite: 'Strict' }]);
    const { id } = await server.add(crowd([2], [3]), { fileName: 'event.csv' });
    await page.getByRole('link', { name: 'event.csv' }).click();
    await page.waitForURL(`${origin}${BASE}/imports/${id}`);
    await page.reload();
    await page.getByRole('heading', { name: 'event.csv' }).waitFor();
    await page.getByRole('link', { name: 'Portal' }).click();
    await page.getByRole('link', { name: 'Queue' }).click();
    await page.waitForURL(`${origin}${BASE}/queue**`);
    await page.getByText('invites').first().waitFor();
    await page.getByRole('link', { name: 'Back to Bulk Invite' }).click();
    await page.waitForURL(`${origin}${BASE}/portal`);
    // Cookies do not depend on the port.
    await page.goto(`${unfit}${BASE}/portal`);
    await page.getByRole('alert').getByText('Your login there may have expired.').waitFor();
  });

  test('large uploads and events pass, as documented', async () => {
    expect((await upload(origin)).status).toBe(422);
    for await (const { name } of eventsOf(await request(`${origin}${BASE}/api/events`))) {
      if (name === 'portal') break;
    }
  });

  test('its own limit for uploads is understood', async () => {
    const refused = await upload(unfit);
    const { problem } = refusalOf(refused.status, await refused.text());
    expect(problem).toMatchObject({ code: 'proxy_too_large', status: 413 });
  });

  test('a removed path is explained', async () => {
    const answer = await request(`${unfit}/removed/`, { headers: { accept: 'text/html' } });
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining('a proxy removes the path from requests'),
    ]);
  });
});
