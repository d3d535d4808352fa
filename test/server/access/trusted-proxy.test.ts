import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false, settings: { TRUST_PROXY: 'loopback' } });
});
afterAll(() => server[Symbol.asyncDispose]());

const HOST = 'invite.example.com';

/** Logs in through a proxy that terminates TLS. */
const login = (token: string, headers: Record<string, string> = {}) =>
  server.request('/api/session', {
    ...{ method: 'POST', token: null, body: JSON.stringify({ token }) },
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': HOST,
      ...headers,
    },
  });

describe('behind a trusted proxy', () => {
  test('a session is secure, and its page is recognized by its public host name', async () => {
    const headers = { origin: `https://${HOST}` };
    const answer = await login(ADMIN, headers);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toContain('; Secure');
    const end = await server.request('/api/session', {
      ...{ method: 'DELETE', token: null },
      headers: { ...headers, cookie: cookie.split(';')[0] ?? '', 'x-forwarded-host': HOST },
    });
    expect(end.status).toBe(204);
  });

  test('only a browser that connects over TLS gets the HSTS header', async () => {
    const hsts = async (headers: Record<string, string>) =>
      (await server.request('/healthz', { headers })).headers.get('strict-transport-security');
    expect(await hsts({ 'x-forwarded-proto': 'https' })).toBe('max-age=31536000');
    expect(await hsts({ 'x-forwarded-proto': 'http' })).toBeNull();
    expect(await hsts({})).toBeNull();
    await server.restart({ hstsSubdomains: true });
    expect(await hsts({ 'x-forwarded-proto': 'https' })).toBe(
      'max-age=31536000; includeSubDomains',
    );
    expect(await hsts({})).toBeNull();
    await server.restart();
  });

  test('wrong tokens are counted by client address, and no other client waits', async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      // The addresses before the last one are claims of the client.
      const forwarded = { 'x-forwarded-for': `198.51.100.${tried}, 203.0.113.8` };
      expect((await login('wrong', forwarded)).status).toBe(401);
    }
    expect((await login(ADMIN, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(429);
    expect((await login(ADMIN, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
  });
});

describe('without a trusted proxy', () => {
  beforeAll(() => server.restart({ trustProxy: undefined }));

  test('forwarded headers about TLS and the host are ignored', async () => {
    const answer = await login(ADMIN);
    expect(answer.headers.getSetCookie()[0]).not.toContain('Secure');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    expect((await login(ADMIN, { origin: `https://${HOST}` })).status).toBe(403);
  });

  test('forwarded headers about the client address are ignored', async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      await login('wrong', { 'x-forwarded-for': `198.51.100.${tried}` });
    }
    expect((await login(ADMIN, { 'x-forwarded-for': '198.51.100.99' })).status).toBe(429);
  });
});
