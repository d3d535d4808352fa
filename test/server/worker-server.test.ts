import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openWorkerServer, type WorkerServer } from '../../src/server/worker-server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { TestServer, VIEWER } from '../support/server.ts';

let server: TestServer;
let workerServer: WorkerServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
  const app = { ...server.app, metrics: new Metrics() };
  workerServer = await openWorkerServer(app, server.config, 0, createLog(server.config));
});
afterAll(async () => {
  await workerServer[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Sends raw text. @returns the connection, and everything received until it ends */
async function send(text: string) {
  const socket = connect(Number(new URL(workerServer.origin).port), '127.0.0.1');
  socket.on('error', () => {});
  let said = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(said)));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, ended };
}

const HEADERS = ['content-security-policy', 'x-content-type-options', 'referrer-policy'];

test('a worker’s metrics have the headers of the page', async () => {
  for (const [path, token] of [['/healthz'], ['/metrics', VIEWER], ['/metrics'], ['/nothing']]) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const own = await fetch(`${workerServer.origin}${path}`, { headers });
    const page = await server.request(path ?? '', { token: token ?? null });
    for (const name of [...HEADERS, 'cache-control']) {
      const withoutNonce = (text: string | null) => text?.replace(/nonce-\w+/g, 'nonce');
      expect([path, name, withoutNonce(own.headers.get(name))]).toEqual([
        ...[path, name],
        withoutNonce(page.headers.get(name)),
      ]);
      if (name !== 'cache-control') expect(own.headers.get(name)).not.toBeNull();
    }
    expect(own.headers.get('strict-transport-security')).toBeNull();
  }
});

test('a worker’s metrics have the page’s limits for heads, headers and slow bodies', async () => {
  const many = Array.from({ length: 200 }, (_, at) => `X-${at}: x\r\n`).join('');
  const refused = await send(`GET /healthz HTTP/1.1\r\nHost: x\r\n${many}\r\n`);
  expect(await refused.ended).toMatch(/^HTTP\/1\.1 431/);

  const SLOW =
    'POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nx';
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const slow = await send(SLOW);
    await once(slow.socket, 'data');
    vi.advanceTimersByTime(30_000);
    expect(await slow.ended).toMatch(/^HTTP\/1\.1 401/);
  } finally {
    vi.useRealTimers();
  }

  const node = workerServer.http.server;
  expect([node.headersTimeout, node.maxHeadersCount]).toEqual([
    server.http.server.headersTimeout,
    server.http.server.maxHeadersCount,
  ]);
});
