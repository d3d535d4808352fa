import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutSlowBodies } from '../../src/server/slow-bodies.ts';
import { crowd, TestServer } from '../support/server.ts';

let server: TestServer;
/** Takes its time while the other tests run. */
let endless: Promise<string>;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
  endless = sendRaw(server.origin, 'GET /healthz HTTP/1.1\r\nHost: x\r\n');
});
afterAll(() => server[Symbol.asyncDispose]());

const SMALL = crowd([2], [3]);

/** Sends text as it is. @returns all that comes back until the server hangs up */
async function sendRaw(origin: string, ...texts: string[]): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.on('error', () => {});
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  for (const text of texts) {
    socket.write(text);
    await sleep(50);
  }
  await closed;
  return said;
}

const statusOf = (said: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1]);

describe('a request with too much of', () => {
  test('head is refused', async () => {
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(statusOf(await sendRaw(server.origin, head))).toBe(431);
  });

  test('headers is refused', async () => {
    const many = Array.from({ length: 200 }, (_, at) => `X-${at}: x\r\n`).join('');
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\n${many}\r\n`;
    expect(statusOf(await sendRaw(server.origin, head))).toBe(431);
  });

  test('JSON is refused', async () => {
    const answer = await server.post('/api/session', { token: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
  });

  test.each<[what: string, form: (body: FormData) => void, detail: string]>([
    [
      'fields',
      (body) => {
        for (let at = 0; at < 50; at += 1) body.append(`f${at}`, 'x');
        body.append('file', new Blob([SMALL]), 'a.csv');
      },
      'The form has too many parts.',
    ],
    [
      'fields after the file',
      (body) => {
        body.append('file', new Blob([SMALL]), 'a.csv');
        for (let at = 0; at < 50; at += 1) body.append(`f${at}`, 'x');
      },
      'The form has too many parts.',
    ],
    [
      'files',
      (body) => {
        for (let at = 0; at < 50; at += 1) body.append(`f${at}`, new Blob([SMALL]), `${at}.csv`);
      },
      'One file at a time.',
    ],
    [
      'a field',
      (body) => {
        body.append('message', 'x'.repeat(150_000));
        body.append('file', new Blob([SMALL]), 'a.csv');
      },
      'message: must have 10000 characters or fewer',
    ],
  ])('%s is refused in words, and nothing of it is kept', async (_, fill, detail) => {
    const body = new FormData();
    fill(body);
    const answer = await server.ask('/api/imports', { method: 'POST', body });
    expect([400, 413]).toContain(answer.status);
    expect(await answer.json()).toMatchObject({ detail });
    expect(await server.json('/api/imports')).toMatchObject({ items: [] });
  });
});

describe('a file', () => {
  test.each(['../../outside.csv', '..\\..\\outside.csv'])(
    'called %s is kept under its digest, and nowhere else',
    async (name) => {
      const before = readdirSync(server.folder);
      const path = `/api/imports?filename=${encodeURIComponent(name)}`;
      const headers = { 'content-type': 'text/csv' };
      const sent = await server.ask(path, { method: 'POST', headers, body: SMALL });
      expect(sent.status).toBe(201);
      expect((await server.upload(SMALL, {}, { name })).status).toBe(201);
      const kept = readdirSync(join(server.folder, 'data', 'sources'));
      expect(kept).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
      expect(readdirSync(server.folder)).toEqual(before);
    },
  );
});

describe('a body', () => {
  const app = Fastify();
  let origin = '';
  beforeAll(async () => {
    cutSlowBodies(app, { everyMs: 600, bytesPerSecond: 500 });
    app.addContentTypeParser('text/csv', (_, payload, done) => done(null, payload));
    app.post('/', async ({ body }) => {
      let length = 0;
      for await (const block of body as AsyncIterable<Buffer>) length += block.length;
      return `${length}`;
    });
    // As an answer may take as long as it wants.
    app.post('/late', async () => {
      await sleep(1_500);
      return 'late';
    });
    origin = await app.listen({ port: 0 });
  });
  afterAll(() => app.close());

  const HEAD =
    'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: 7500\r\n\r\n';

  test('that trickles is cut off', async () => {
    const began = Date.now();
    const said = await sendRaw(origin, HEAD, ...Array.from({ length: 30 }, () => 'x'));
    expect(said).not.toContain('200 OK');
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('that stops is cut off', async () => {
    expect(await sendRaw(origin, HEAD, 'x'.repeat(2_000))).not.toContain('200 OK');
  });

  test('that comes in its own time is taken, however long it takes', async () => {
    const blocks = Array.from({ length: 30 }, () => 'x'.repeat(250));
    expect(await sendRaw(origin, HEAD, ...blocks)).toMatch(/200 OK.*7500$/s);
  });

  test('that is there is not cut off while its answer is made', async () => {
    const answer = await fetch(`${origin}/late`, { method: 'POST', body: 'x' });
    expect(await answer.text()).toBe('late');
  });
});

test('a head that does not end is cut off', async () => {
  expect(statusOf(await endless)).toBe(408);
});
