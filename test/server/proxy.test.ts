import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, TestServer } from '../support/server.ts';

let behind: TestServer;
let alone: TestServer;
beforeAll(async () => {
  behind = await TestServer.open({ worker: false, settings: { TRUST_PROXY: 'loopback' } });
  alone = await TestServer.open({ worker: false });
});
afterAll(async () => {
  await behind[Symbol.asyncDispose]();
  await alone[Symbol.asyncDispose]();
});

const HOST = 'invite.example.com';

/** Logs in as a proxy hands it on that ends TLS. */
const login = (server: TestServer, token: string, headers: Record<string, string> = {}) =>
  server.ask('/api/session', {
    ...{ method: 'POST', token: null, body: JSON.stringify({ token }) },
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': HOST,
      ...headers,
    },
  });

describe('behind a proxy that is trusted', () => {
  test('a session is secure, and its page is known by the name that people see', async () => {
    const headers = { origin: `https://${HOST}` };
    const answer = await login(behind, ADMIN, headers);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toContain('; Secure');
    const end = await behind.ask('/api/session', {
      ...{ method: 'DELETE', token: null },
      headers: { ...headers, cookie: cookie.split(';')[0] ?? '', 'x-forwarded-host': HOST },
    });
    expect(end.status).toBe(204);
  });

  test('who tries tokens is told by the address in front of it, and nobody else waits', async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      // What comes before the last address is the client's own word.
      const forwarded = { 'x-forwarded-for': `198.51.100.${tried}, 203.0.113.8` };
      expect((await login(behind, 'wrong', forwarded)).status).toBe(401);
    }
    expect((await login(behind, ADMIN, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(429);
    expect((await login(behind, ADMIN, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
  });
});

describe('without one', () => {
  test('nobody may say that they come over TLS, or from another page', async () => {
    expect((await login(alone, ADMIN)).headers.getSetCookie()[0]).not.toContain('Secure');
    expect((await login(alone, ADMIN, { origin: `https://${HOST}` })).status).toBe(403);
  });

  test('nobody may say that they come from elsewhere', async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      await login(alone, 'wrong', { 'x-forwarded-for': `198.51.100.${tried}` });
    }
    expect((await login(alone, ADMIN, { 'x-forwarded-for': '198.51.100.99' })).status).toBe(429);
  });
});
