import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createServer as createTlsServer, Server as TlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { classifyEnding } from '../../../src/portal/http/failure.ts';
import { selfSigned } from '../certificate.ts';

const POST = new URL('../../../src/portal/http/post.ts', import.meta.url).href;
const WEBHOOK = new URL('../../../src/portal/http/webhook.ts', import.meta.url).href;

/** Starts a proxy that refuses one client after the other. @returns its port */
const startProxy = (words: string[]): Promise<number> =>
  start(createServer(), (guest) => guest.end(words.shift() ?? ''));

/** Starts a proxy that connects every client to the same port. @returns its own */
const startTunnel = (port: number): Promise<number> =>
  start(createServer(), (guest) => {
    guest.write('HTTP/1.1 200 Connection established\r\n\r\n');
    pipeline(guest, connect(port, '127.0.0.1'), guest, () => {});
  });

/** @param onGuest called for a client once it has sent something. @returns the server's port */
async function start(server: Server, onGuest: (guest: Socket) => void): Promise<number> {
  const guests = new Set<Socket>();
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (guest: Socket) => {
    guests.add(guest.on('error', () => {}));
    guest.once('data', () => onGuest(guest));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    for (const guest of guests) guest.destroy();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Node.js reads the proxy's variables when it starts. @returns how requests fail in such a process */
async function failuresBehind(port: number, requests: number): Promise<unknown[]> {
  const script = `
    import { post } from '${POST}';
    import { Webhook } from '${WEBHOOK}';
    const webhook = Webhook.parse('https://portal.corp.test/rest/1/code/');
    for (let left = ${requests}; left > 0; left--) {
      const options = { timeoutMs: 60_000, userAgent: 'x' };
      console.log(JSON.stringify((await post(webhook, 'scope', {}, options)).failure));
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      ...process.env,
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://ann:pa55word@127.0.0.1:${port}`,
      ...{ NO_PROXY: '', no_proxy: '', https_proxy: '' },
      ...{ NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = (await text(child.stdout)).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe('a proxy that refuses us', () => {
  test('is named with its status, and never with its password', async () => {
    const port = await startProxy([
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      'HTTP/1.1 403 Forbidden\r\n\r\n',
      '',
    ]);
    expect(await failuresBehind(port, 3)).toEqual([
      { kind: 'not_sent', code: 'PROXY_407', description: 'the proxy refuses (407)' },
      { kind: 'not_sent', code: 'PROXY_403', description: 'the proxy refuses (403)' },
      { kind: 'not_sent', code: 'PROXY_ENDED', description: 'the proxy ended the connection' },
    ]);
  });
});

test('a request is unanswered when a server behind a proxy switches protocols', async () => {
  const words = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n';
  const server = await start(createTlsServer(selfSigned()), (guest) => guest.write(words));
  const failures = await failuresBehind(await startTunnel(server), 1);
  expect(failures).toMatchObject([{ kind: 'unanswered', code: 'HTTP_101' }]);
});

describe('a proxy that Node.js is not set to use', () => {
  const ending = (code: string, hasLeft = false, isProxyUnused = true) => {
    const error = Object.assign(new Error(`getaddrinfo ${code} x`), { code });
    return classifyEnding({ error, hasLeft, by: undefined, isProxyUnused });
  };

  test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])(
    'is named in connection errors: %s',
    (code) => {
      expect(ending(code)).toEqual({
        ...{ kind: 'not_sent', code: 'PROXY_UNUSED' },
        description: `getaddrinfo ${code} x; HTTPS_PROXY is set, but Node.js does not use it`,
      });
      expect(ending(code, false, false).code).toBe(code);
      expect(ending(code, true).code).toBe(code);
    },
  );

  test('is not named in errors with another cause', () => {
    expect(ending('CERT_HAS_EXPIRED').code).toBe('CERT_HAS_EXPIRED');
  });
});

test('an error leaves out advice that does not help with npm run', () => {
  const message =
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca';
  const error = Object.assign(new Error(message), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  expect(classifyEnding({ error, hasLeft: false, by: undefined }).description).toBe(
    'unable to verify the first certificate',
  );
});
