import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loginLink } from '../../../src/commands/maintenance/login-link-command.ts';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { Token } from '../../../src/domain/text/token.ts';
import { usedLinkPage } from '../../../src/server/access/login-link-page.ts';
import { languageOf } from '../../../src/server/pages/message-page.ts';
import { ADMIN, TestServer } from '../../support/server.ts';
import { freePort } from '../../support/services/free-port.ts';

let server: TestServer;
beforeAll(async () => {
  const port = await freePort();
  const settings = { ADMIN_TOKEN: '', VIEWER_TOKEN: '', PORT: String(port) };
  server = await TestServer.open({ worker: false, settings });
});
afterAll(() => server[Symbol.asyncDispose]());

const fetchPage = (link: string, init: RequestInit = {}) =>
  fetch(link, { redirect: 'manual', ...init });

const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

/** Presses the button of a link's page. */
const press = (link: string, headers: Record<string, string> = { origin: server.origin }) =>
  fetchPage(new URL('/login', link).href, {
    method: 'POST',
    body: new URLSearchParams({ token: tokenOf(link) }),
    headers,
  });

const cookieOf = (answer: Response): string =>
  answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

const session = (cookie: string) =>
  server.request('/api/session', { token: null, headers: { cookie } });

/** Creates a new link like the command. @returns the printed link */
async function command(change: Partial<Parameters<typeof loginLink>[0]> = {}): Promise<string> {
  const lines: string[] = [];
  await loginLink({ ...server.config, ...change }, (line) => lines.push(line));
  return /http\S+/.exec(lines.join('\n'))?.[0] ?? '';
}

describe('the login link that a server without a token prints', () => {
  test('stays valid when it is fetched, and logs an administrator in once, by its button', async () => {
    const link = server.loginLink ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login\?token=[\w-]{32}$/);
    for (const init of [
      { method: 'HEAD' },
      {},
      { headers: { 'sec-purpose': 'prefetch', accept: 'text/html' } },
    ]) {
      const answer = await fetchPage(link, init);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none';.*form-action 'self'/,
      );
      expect(await answer.text()).not.toContain('<script');
    }
    const pressed = await press(link);
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/']);
    const cookie = cookieOf(pressed);
    expect(await (await session(cookie)).json()).toMatchObject({ role: 'admin' });

    for (const again of [await fetchPage(link), await press(link)]) {
      expect([again.status, again.headers.getSetCookie()]).toEqual([403, []]);
      expect(await again.text()).toMatch(
        /was used already.*<code>npm run -s bulk-invite -- login-link<\/code>/,
      );
    }
    const inside = await fetchPage(link, { headers: { cookie } });
    expect([inside.status, inside.headers.get('location')]).toEqual([303, '/']);
    await server.restart();
    expect(server.loginLink).not.toBe(link);
    expect((await session(cookie)).status).toBe(200);
    expect((await fetchPage(link)).status).toBe(403);
  });

  test('works for its own page only, and stays valid after requests from other pages', async () => {
    const link = server.loginLink ?? '';
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await press(link, headers as Record<string, string>);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect((await press(link, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  test.each(['token=a&token=b', 'token=&token=', 'token[]=a&token=b&token=c'])(
    'with the query %s is an invalid request',
    async (query) => {
      const answer = await fetchPage(`${server.origin}/login?${query}`);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { type: '/problems/invalid_request' },
      ]);
    },
  );

  test('that is invalid gets an explanation in the browser’s language', async () => {
    const answer = await fetchPage(`${server.origin}/login?token=wrong`, {
      headers: { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' },
    });
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('<h1>Ссылка для входа больше не действует</h1>'),
    ]);
  });
});

describe('login-link', () => {
  test('creates a new link for a running server, and invalidates the previous one', async () => {
    await server.restart();
    const first = server.loginLink ?? '';
    const link = await command();
    expect((await press(first)).status).toBe(403);
    expect(cookieOf(await press(link))).not.toBe('');
    expect((await press(link)).status).toBe(403);
  });

  test('has the base path of the server in its link', async () => {
    const basePath = '/tools/invite';
    await server.restart({ basePath });
    const link = await command({ basePath });
    expect(link).toContain(`${server.origin}${basePath}/login?token=`);
    expect((await fetchPage(link)).status).toBe(200);
    await expect(command()).rejects.toThrow(/uses the DATA_DIR/);
    await server.restart();
  });

  test('stores a digest that expires, for its owner only', async () => {
    const link = await command();
    const folder = join(server.config.dataDir, 'login-links');
    const digest = createHash('sha256').update(tokenOf(link)).digest('hex');
    expect(readdirSync(folder)).toEqual([digest]);
    const path = join(folder, digest);
    expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
    const old = new Date(Date.now() - 12 * 3_600_000 - 1_000);
    utimesSync(path, old, old);
    expect((await press(link)).status).toBe(403);
  });

  test('explains why no server accepts a link, and keeps the last link valid', async () => {
    const link = await command();
    const empty = mkdtempSync(join(tmpdir(), 'bulk-invite-empty-'));
    await using other = await TestServer.open({ worker: false, settings: { ADMIN_TOKEN: '' } });
    const port = await freePort();
    const problemOf = (change: Parameters<typeof command>[0]) =>
      command(change).then(
        () => 'a link',
        (error: unknown) => error instanceof Problem && error.message,
      );
    expect(await problemOf({ port })).toBe(`No server answers at http://127.0.0.1:${port}.`);
    expect(await problemOf({ port: 0 })).toMatch(/^PORT is 0/);
    expect(await problemOf({ adminToken: new Token(ADMIN) })).toMatch(/has an ADMIN_TOKEN/);
    expect(await problemOf({ dataDir: empty })).toContain(`the DATA_DIR ${empty}.`);
    expect(readdirSync(empty)).toEqual([]);
    expect(await problemOf({ dataDir: other.config.dataDir })).toMatch(/uses the DATA_DIR/);
    const loop = join(empty, 'loop');
    symlinkSync(loop, loop);
    expect(await problemOf({ dataDir: loop })).toMatch(
      /loop\/session.key is a link that points back/,
    );
    chmodSync(empty, 0);
    // Root can open everything.
    if (process.getuid?.() !== 0) {
      expect(await problemOf({ dataDir: empty })).toMatch(/cannot be accessed by this user/);
    }
    chmodSync(empty, 0o700);
    expect((await fetchPage(link)).status).toBe(200);
    // Like the server of the demo.
    await server.restart({ dataDir: join(server.config.dataDir, 'demo') });
    expect(cookieOf(await press(await command()))).not.toBe('');
    await server.restart({ adminToken: new Token(ADMIN) });
    expect(await problemOf({})).toMatch(/has an ADMIN_TOKEN/);
    await server.restart();
    rmSync(empty, { recursive: true });
  });
});

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de-DE,de;q=0.9', 'en'],
  ['ru', 'ru'],
  ['ru-RU, en;q=0.8', 'ru'],
  ['de, RU;q=0.8 , en;q=0.5', 'ru'],
  ['en-US,en;q=0.9,ru;q=0.8', 'en'],
  ['ru;q=0', 'en'],
  ['rum, ruby', 'en'],
])('a browser with Accept-Language %s gets %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test('the page of a link has the colours of the theme, and keeps a command on one line', () => {
  const theme = readFileSync(
    new URL('../../../src/dashboard/theme/theme.css', import.meta.url),
    'utf8',
  );
  const html = usedLinkPage({ headers: {} }, { cspNonce: { script: '', style: 'n' } });
  const [, style = ''] = /<style nonce="n">([^<]+)<\/style>/.exec(html) ?? [];
  const colours = [...style.matchAll(/#[\da-f]{3,6}\b/g)].map(([colour]) => colour);
  expect(colours.length).toBeGreaterThan(10);
  expect(colours.filter((colour) => !theme.includes(colour))).toEqual([]);
  expect(style).toMatch(/\bcode \{[^}]*white-space: nowrap/);
  expect(style).toContain('prefers-color-scheme: dark');
});
