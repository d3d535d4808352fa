import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import * as tls from 'node:tls';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HttpAgents } from '../../../src/platform/network/http-agents.ts';
import {
  classifyError,
  describeFailure,
  type PortalFailure,
} from '../../../src/portal/http/failure.ts';
import { type PostOptions, post } from '../../../src/portal/http/post.ts';
import { remedyCodeOf } from '../../../src/portal/http/remedy.ts';
import { Webhook } from '../../../src/portal/http/webhook.ts';
import { selfSigned, trust } from '../certificate.ts';
import { deadOrigin, startOddServer } from '../faulty-server.ts';

/** The system errors ("Error Codes") and what the methods we call add. */
const KINDS: readonly (readonly [code: string, kind: PortalFailure['kind']])[] = [
  ['QUERY_LIMIT_EXCEEDED', 'rate_limited'],
  ['OPERATION_TIME_LIMIT', 'operating_limited'],
  ['INTERNAL_SERVER_ERROR', 'unanswered'],
  ['ERROR_UNEXPECTED_ANSWER', 'unanswered'],
  ['OVERLOAD_LIMIT', 'held'],
  ['NO_AUTH_FOUND', 'held'],
  ['INVALID_CREDENTIALS', 'held'],
  ['ACCESS_DENIED', 'held'],
  ['insufficient_scope', 'held'],
  ['user_access_error', 'held'],
  ['expired_token', 'held'],
  ['authorization_error', 'held'],
  ['PAYMENT_REQUIRED', 'held'],
  ['INVALID_TOKEN', 'held'],
  ['WRONG_AUTH_TYPE', 'held'],
  ['INVALID_REQUEST', 'held'],
  ['ERROR_METHOD_NOT_FOUND', 'held'],
  ['ERROR_BATCH_METHOD_NOT_ALLOWED', 'held'],
  ['PORTAL_DELETED', 'held'],
  ['ERROR_BATCH_LENGTH_EXCEEDED', 'refused'],
  ['SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'refused'],
  ['', 'refused'],
];

describe('an error that the portal reports', () => {
  test.each(KINDS)('with the code %j is %s, in upper and lower case', (code, kind) => {
    for (const reported of [code, code.toLowerCase(), code.toUpperCase()]) {
      const failure = { kind, code: reported, description: 'Its own words' };
      expect(classifyError(reported, 'Its own words')).toEqual(failure);
    }
  });

  test('with an unknown code is the refusal of one call', () => {
    const known = new Set(KINDS.map(([code]) => code.toUpperCase()));
    const unknown = fc.oneof(
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'ERROR_CORE', 'XQUERY_LIMIT_EXCEEDED', '403'),
    );
    fc.assert(
      fc.property(unknown, fc.string(), (code, description) => {
        fc.pre(!known.has(code.toUpperCase()));
        expect(classifyError(code, description)).toEqual({ kind: 'refused', code, description });
      }),
    );
  });
});

const agents = new HttpAgents();

/** @returns how a request to such an address fails */
async function failureOf(
  origin: string,
  { timeoutMs = 60_000, ...options }: Partial<PostOptions> = {},
): Promise<PortalFailure> {
  const webhook = Webhook.parse(`${origin.replace(/\/$/, '')}/rest/1/secret/`);
  if (!(webhook instanceof Webhook)) throw new Error(`The webhook ${webhook}.`);
  const way = { timeoutMs, userAgent: 'x', agents, ...options };
  const answer = await post(webhook, 'scope', { a: 1 }, way);
  if (answer.ok) throw new Error(`an answer: ${answer.result}`);
  return answer.failure;
}

/** Starts a TCP server; @param greet called for each client; @returns its port. */
async function listen(greet: (guest: Socket) => void): Promise<number> {
  return portOf(createServer(greet).on('connection', ignoreErrors));
}

/** Starts a server that uses TLS and answers; @returns its port. */
async function listenSecurely(identity: { key: string; cert: string }): Promise<number> {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}';
  const server = tls.createServer(identity, (guest) => {
    ignoreErrors(guest);
    guest.once('data', () => guest.end(answer));
  });
  return portOf(server.on('connection', ignoreErrors).on('tlsClientError', () => {}));
}

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  const guests = new Set<Socket>();
  server.on('connection', (guest: Socket) => guests.add(guest));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const guest of guests) guest.destroy();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function ignoreErrors(guest: Socket): void {
  guest.on('error', () => {});
}

describe('a request that surely never reached the portal', () => {
  test('went to a port without a listener', async () => {
    const origin = await deadOrigin();
    expect(await failureOf(origin)).toEqual({
      kind: 'not_sent',
      code: 'ECONNREFUSED',
      description: `connect ECONNREFUSED ${new URL(origin).host}`,
    });
  });

  test('went to a name with several addresses, and none answers', async () => {
    const { port } = new URL(await deadOrigin());
    // "localhost" has two on most machines; then the error names no single system call.
    expect(await failureOf(`http://localhost:${port}`)).toMatchObject({
      kind: 'not_sent',
      code: 'ECONNREFUSED',
      description: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('went to a host that does not exist', async () => {
    const failure = await failureOf('https://nonexistent.invalid');
    expect(failure.kind).toBe('not_sent');
    // A machine without a network reports EAI_AGAIN.
    expect(failure.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(failure.description).toContain('nonexistent.invalid');
  });

  test('met a server without TLS', async () => {
    const port = await listen((guest) => guest.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = await failureOf(`https://127.0.0.1:${port}`);
    expect(failure).toEqual({
      ...{ kind: 'not_sent', code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
      description: 'the server does not use TLS on this port',
    });
    expect(remedyCodeOf(failure)).toBe('check_port');
  });

  test('met a certificate that is not trusted', async () => {
    const port = await listenSecurely(selfSigned());
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'not_sent',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  test('met a certificate that has expired', async () => {
    const identity = selfSigned('20010101000000Z');
    trust(identity.cert);
    const port = await listenSecurely(identity);
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'not_sent',
      code: 'CERT_HAS_EXPIRED',
    });
  });

  test('met the certificate of another host', async () => {
    const identity = selfSigned();
    trust(identity.cert);
    const port = await listenSecurely(identity);
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({ code: 'HTTP_200' });
    expect(await failureOf(`https://localhost:${port}`)).toMatchObject({
      kind: 'not_sent',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });
});

describe('a request that may have been executed', () => {
  test('lost its connection before anything was read', async () => {
    const port = await listen((guest) => guest.destroy());
    expect((await failureOf(`http://127.0.0.1:${port}`)).kind).toBe('unanswered');
  });

  test('lost its connection after it was read', async () => {
    const { origin, received } = await startOddServer((response) => response.destroy());
    expect((await failureOf(origin)).kind).toBe('unanswered');
    expect(received).toMatchObject([{ body: '{"a":1}' }]);
  });

  test('had its connection reset', async () => {
    const port = await listen((guest) => guest.once('data', () => guest.resetAndDestroy()));
    expect((await failureOf(`http://127.0.0.1:${port}`)).kind).toBe('unanswered');
  });

  test('got an answer that breaks off in its head', async () => {
    const port = await listen((guest) => guest.once('data', () => guest.end('HTTP/1.1 200 O')));
    expect((await failureOf(`http://127.0.0.1:${port}`)).kind).toBe('unanswered');
  });

  test('got an answer that breaks off in its body', async () => {
    const { origin } = await startOddServer((response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('{"result":', () => response.destroy());
    });
    expect((await failureOf(origin)).kind).toBe('unanswered');
  });

  test('got an answer that is not HTTP', async () => {
    const port = await listen((guest) => guest.once('data', () => guest.end('SSH-2.0-x\r\n')));
    expect((await failureOf(`http://127.0.0.1:${port}`)).kind).toBe('unanswered');
  });

  test.each([
    ['no answer', () => {}],
    [
      'no complete answer',
      (guest: Socket) => guest.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'),
    ],
  ])('got %s in time', async (_, greet) => {
    const port = await listen((guest) => guest.once('data', () => greet(guest)));
    expect(await failureOf(`http://127.0.0.1:${port}`, { timeoutMs: 150 })).toEqual({
      kind: 'unanswered',
      code: 'TIMEOUT',
      description: 'no answer within the time limit',
    });
  });

  // A bad record after the request was written, which OpenSSL reports as it does a failed handshake.
  test('met an error of TLS after it had left', async () => {
    const identity = selfSigned();
    trust(identity.cert);
    let wire: Socket | undefined;
    const inner = tls.createServer(identity, (guest) => {
      ignoreErrors(guest);
      guest.once('data', () => wire?.write('no record of TLS at all'));
    });
    const secure = await portOf(inner.on('connection', ignoreErrors));
    const port = await listen((guest) => {
      wire = guest;
      guest.pipe(connect(secure).on('error', () => {})).pipe(guest);
    });
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({
      ...{ kind: 'unanswered', code: expect.stringMatching(/^ERR_SSL_/) },
    });
  });

  test('was aborted by the program', async () => {
    const abort = new AbortController();
    const { origin } = await startOddServer(() => abort.abort());
    expect(await failureOf(origin, { signal: abort.signal })).toMatchObject({
      ...{ kind: 'abandoned', code: 'INTERRUPTED' },
    });
  });
});

describe('a request that the program did not send', () => {
  test('had no time left when the connection was established', async () => {
    const read: unknown[] = [];
    const port = await listen((guest) => guest.on('data', (bytes) => read.push(bytes)));
    expect(await failureOf(`http://127.0.0.1:${port}`, { mayLeave: () => false })).toMatchObject({
      ...{ kind: 'withheld', code: 'TOO_LATE' },
    });
    expect(read).toEqual([]);
  });

  test('had not left when the program ended', async () => {
    const { origin, received } = await startOddServer(() => {});
    expect(await failureOf(origin, { signal: AbortSignal.abort() })).toMatchObject({
      ...{ kind: 'withheld', code: 'INTERRUPTED' },
    });
    expect(received).toEqual([]);
  });
});

test.each([
  ['X', 'Y', 'X: Y'],
  ['', 'Wrong group ID', 'Wrong group ID'],
  ['NO_AUTH_FOUND', '', 'NO_AUTH_FOUND'],
])('a failure with code %j and text %j is shown as %j', (code, description, words) => {
  expect(describeFailure({ kind: 'refused', code, description })).toBe(words);
});
