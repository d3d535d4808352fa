import { EventEmitter, once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cutSlowBodies } from '../../../src/server/http/slow-upload-guard.ts';
import { crowd, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

const SMALL = crowd([2], [3]);

async function connectTo(origin: string): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** @returns everything received until the server closes the connection */
function allOf(socket: Socket): Promise<string> {
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => socket.once('close', () => resolve(said)));
}

/** Sends raw text. @returns everything received until the server closes the connection */
async function sendRaw(text: string): Promise<string> {
  const socket = await connectTo(server.origin);
  socket.write(text);
  return allOf(socket);
}

const statusOf = (said: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1]);

describe('a request that is too large:', () => {
  test('a long head is refused', async () => {
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(statusOf(await sendRaw(head))).toBe(431);
  });

  test('many headers are refused', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `X-${at}: x\r\n`).join('');
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\n${many}\r\n`;
    expect(statusOf(await sendRaw(head))).toBe(431);
  });

  test('long JSON is refused', async () => {
    const answer = await server.post('/api/session', { token: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
  });

  test.each<[what: string, form: (body: FormData) => void, detail: string]>([
    [
      'many fields',
      (body) => {
        for (let at = 0; at < 50; at += 1) body.append(`f${at}`, 'x');
        body.append('file', new Blob([SMALL]), 'a.csv');
      },
      'The form has too many parts.',
    ],
    [
      'many fields after the file',
      (body) => {
        body.append('file', new Blob([SMALL]), 'a.csv');
        for (let at = 0; at < 50; at += 1) body.append(`f${at}`, 'x');
      },
      'The form has too many parts.',
    ],
    [
      'many files',
      (body) => {
        for (let at = 0; at < 50; at += 1) body.append('file', new Blob([SMALL]), `${at}.csv`);
      },
      'One file at a time.',
    ],
    [
      'a long field',
      (body) => {
        body.append('message', 'x'.repeat(150_000));
        body.append('file', new Blob([SMALL]), 'a.csv');
      },
      'message: must have 20000 characters or fewer',
    ],
  ])('%s: refused with an explanation, and nothing is stored', async (_, fill, detail) => {
    const body = new FormData();
    fill(body);
    const answer = await server.request('/api/imports', { method: 'POST', body });
    expect([400, 413]).toContain(answer.status);
    expect(await answer.json()).toMatchObject({ detail });
    expect(await server.json('/api/imports')).toMatchObject({ items: [] });
  });
});

test('a file with too many pairs is refused with an explanation, and nothing is stored', async () => {
  await server.restart({ pairLimits: { most: 3, perByte: 10 } });
  const answer = await server.upload('group_id,user_id\n1,2\n2|4,3|5\n');
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    {
      code: 'pairs_many',
      detail: 'people.csv: up to line 3 it has 5 pairs; the limit is 3. Nothing was stored.',
      remedy: 'Split the file, or raise MAX_PAIRS.',
    },
  ]);
  expect(await server.json('/api/imports')).toMatchObject({ items: [] });
  expect(readdirSync(join(server.config.dataDir, 'sources'))).toEqual([]);
  await server.restart();
});

describe('a body', () => {
  const app = Fastify();
  const gate = Promise.withResolvers<void>();
  const arrivals = new EventEmitter();
  let origin = '';
  beforeAll(async () => {
    // The test triggers the checks of the server.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    cutSlowBodies(app, { everyMs: 1_000, bytesPerSecond: 500 });
    app.addContentTypeParser('text/csv', (_, payload, done) => done(null, payload));
    app.post('/', async ({ body }) => {
      arrivals.emit('head');
      let length = 0;
      for await (const block of body as AsyncIterable<Buffer>) {
        length += block.length;
        arrivals.emit('bytes', length);
      }
      return `${length}`;
    });
    // A response can take any time.
    app.post('/late', async () => {
      arrivals.emit('late');
      await gate.promise;
      return 'late';
    });
    origin = await app.listen({ port: 0 });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app.close();
  });

  const LENGTH = 7_500;
  const HEAD = `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: ${LENGTH}\r\n\r\n`;

  /**
   * Sends a body block by block, with a second of fake time after each.
   *
   * @returns everything received until the server closes the connection
   */
  async function send(blocks: number, bytes: number): Promise<string> {
    const socket = await connectTo(origin);
    const said = allOf(socket);
    const asked = once(arrivals, 'head');
    socket.write(HEAD);
    await asked;
    for (let block = 1; block <= blocks; block += 1) {
      const arrived = once(arrivals, 'bytes');
      socket.write('x'.repeat(bytes));
      await arrived;
      vi.advanceTimersByTime(1_000);
    }
    return said;
  }

  test('that trickles is cut off', async () => {
    expect(await send(1, 10)).not.toContain('200 OK');
  });

  test('that stops is cut off', async () => {
    const stopped = send(1, 2_000);
    await once(arrivals, 'bytes');
    await setImmediate();
    vi.advanceTimersByTime(1_000);
    expect(await stopped).not.toContain('200 OK');
  });

  test('that arrives at a steady rate is accepted, however long it takes', async () => {
    expect(await send(10, LENGTH / 10)).toMatch(/200 OK.*7500$/s);
  });

  test('that has arrived is not cut off while its response is prepared', async () => {
    const asked = once(arrivals, 'late');
    const answer = fetch(`${origin}/late`, { method: 'POST', body: 'x' });
    await asked;
    vi.advanceTimersByTime(60_000);
    gate.resolve();
    expect(await (await answer).text()).toBe('late');
  });
});

test('an incomplete head is cut off', async () => {
  expect(server.http.server.headersTimeout).toBe(20_000);
  server.http.server.headersTimeout = 1;
  expect(statusOf(await sendRaw('GET /healthz HTTP/1.1\r\nHost: x\r\n'))).toBe(408);
});
