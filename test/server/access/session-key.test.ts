import { createHmac } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cookieName } from '../../../src/server/access/session-cookie.ts';
import { sessionKey } from '../../../src/server/access/session-key.ts';
import { TestServer } from '../../support/server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulk-invite-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'session.key');

describe('the key of sessions', () => {
  test('is created once, readable by its owner only, without other files', () => {
    const key = sessionKey(folder);
    expect(key).toHaveLength(32);
    expect(sessionKey(folder)).toEqual(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['session.key']);
  });

  test.each([0, 1, 31, 33])('is replaced when it has %i bytes', (length) => {
    writeFileSync(file(), Buffer.alloc(length));
    const key = sessionKey(folder);
    expect(key).toHaveLength(32);
    expect(key).not.toEqual(Buffer.alloc(32));
    expect(readFileSync(file())).toEqual(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['session.key']);
  });

  test('that other users can read becomes private', () => {
    const key = sessionKey(folder);
    chmodSync(file(), 0o644);
    expect(sessionKey(folder)).toEqual(key);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('that cannot be stored is reported with a remedy', () => {
    writeFileSync(join(folder, 'data'), '');
    expect(() => sessionKey(join(folder, 'data'))).toThrow(/^The session key .* cannot be/);
  });
});

/** @returns the cookie of a session, signed with the given key */
function forge(server: TestServer, role: string, opener: string, key: Buffer): string {
  const value = `${role}.${Date.now() + 3_600_000}.${opener}.${'x'.repeat(16)}`;
  const signature = createHmac('sha256', key).update(value).digest('base64').replace(/=+$/, '');
  const port = Number(new URL(server.origin).port);
  return `${cookieName(port)}=${encodeURIComponent(`${value}.${signature}`)}`;
}

test('a session cannot be forged with an empty key, or for a role without a token', async () => {
  await using server = await TestServer.open({ worker: false, settings: { VIEWER_TOKEN: '' } });
  const path = join(server.config.dataDir, 'session.key');
  writeFileSync(path, '');
  await server.restart();
  const statusOf = async (cookie: string) =>
    (await server.request('/api/session', { token: null, headers: { cookie } })).status;
  for (const role of ['admin', 'viewer']) {
    expect(await statusOf(forge(server, role, 'link', Buffer.alloc(0)))).toBe(401);
    // Refused even with the real key: an administrator needs the token, and viewers have none.
    expect(await statusOf(forge(server, role, 'link', readFileSync(path)))).toBe(401);
  }
});
