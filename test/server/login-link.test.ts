import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false, settings: { ADMIN_TOKEN: '' } });
});
afterAll(() => server[Symbol.asyncDispose]());

const open = (link: string, cookie?: string) =>
  fetch(link, { redirect: 'manual', ...(cookie && { headers: { cookie } }) });

test('without a token a link logs an admin in, once', async () => {
  const link = server.loginLink ?? '';
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/login\?token=[\w-]{32}$/);
  const wrong = await open(link.replace(/.$/, '!'));
  expect([wrong.headers.get('location'), wrong.headers.getSetCookie()]).toEqual(['/login', []]);

  const answer = await open(link);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const headers = { cookie };
  expect(await server.json('/api/session', { token: null, headers })).toMatchObject({
    role: 'admin',
  });

  const again = await open(link);
  expect([again.headers.get('location'), again.headers.getSetCookie()]).toEqual(['/login', []]);
  expect((await open(link, cookie)).headers.get('location')).toBe('/');

  await server.restart();
  expect(server.loginLink).not.toBe(link);
  expect((await server.ask('/api/session', { token: null, headers })).status).toBe(200);
});
