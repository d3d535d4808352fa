import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { HttpAgents } from '../../../src/platform/network/http-agents.ts';
import { classifyEnding, type PortalFailure } from '../../../src/portal/http/failure.ts';
import { type PostResult, post } from '../../../src/portal/http/post.ts';
import { remedyFor } from '../../../src/portal/http/remedy.ts';
import { Webhook } from '../../../src/portal/http/webhook.ts';
import { startProxy, startTlsFront } from '../../support/services/company-network.ts';
import { signedByAuthority, trust } from '../certificate.ts';
import { deadOrigin, json, startOddServer } from '../faulty-server.ts';

const NAME = 'portal.corp.test';
const COMPANY = signedByAuthority(NAME);

interface Way {
  /** @default that of a portal which only the proxy reaches */
  origin?: string;
  /** Time limit of connections, in milliseconds. @default longer than the test */
  connectMs?: number;
  signal?: AbortSignal;
}

/** @returns the answer to a request with these settings */
async function send(
  settings: Record<string, string>,
  { origin = `https://${NAME}`, connectMs = 60_000, signal }: Way = {},
): Promise<PostResult> {
  const webhook = Webhook.parse(`${origin}/rest/1/s3cr3tC0de/`);
  if (!(webhook instanceof Webhook)) throw new Error(webhook);
  const agents = new HttpAgents(readConfig(settings, '').proxies, connectMs);
  return post(webhook, 'scope', {}, { timeoutMs: 60_000, userAgent: 'x', agents, signal });
}

async function failureOf(settings: Record<string, string>, way?: Way): Promise<PortalFailure> {
  const answer = await send(settings, way);
  if (answer.ok) throw new Error(`an answer: ${answer.result}`);
  return answer.failure;
}

/** A portal that only the proxy reaches, under a name that only the proxy knows. */
async function openCompany() {
  const stack = new AsyncDisposableStack();
  const { origin, received } = await startOddServer((response) =>
    json(response, 200, { result: ['sonet_group'] }),
  );
  const front = stack.use(await startTlsFront(COMPANY, Number(new URL(origin).port)));
  const proxy = stack.use(await startProxy({ [`${NAME}:443`]: front.port }));
  return { origin, received, proxy, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('behind a proxy that only lets CONNECT through', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])('the portal is reached with %s', async (name) => {
    await using company = await openCompany();
    trust(COMPANY.authority);
    expect(await send({ [name]: company.proxy.url })).toMatchObject({ ok: true });
    expect(company.proxy.requests).toEqual([`CONNECT ${NAME}:443`]);
    expect(company.received).toHaveLength(1);
  });

  test('a certificate of an unknown authority is a fault of its own, not of the proxy', async () => {
    await using company = await openCompany();
    const failure = await failureOf({ HTTPS_PROXY: company.proxy.url });
    expect(failure).toMatchObject({ kind: 'not_sent', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(remedyFor(failure)).toContain('NODE_EXTRA_CA_CERTS');
    expect(company.received).toEqual([]);
  });

  test.each([
    [407, 'PROXY_407', 'refuses (407)', 'add user and password to HTTPS_PROXY'],
    [403, 'PROXY_403', 'refuses (403)', 'ask its administrator to allow it'],
    [502, 'PROXY_502', 'refuses (502)', 'does not reach the portal'],
    [0, 'PROXY_ENDED', 'ended the connection', 'does not reach the portal'],
  ])('a refusal with %i is named, and never the password', async (status, code, words, remedy) => {
    await using company = await openCompany();
    company.proxy.refuse(status);
    const failure = await failureOf({ HTTPS_PROXY: company.proxy.url });
    const description = `the proxy ${company.proxy.host} ${words}`;
    expect(failure).toEqual({ kind: 'not_sent', code, description });
    expect(remedyFor(failure)).toContain(remedy);
    expect(inspect(failure)).not.toContain('pa55word');
  });

  /** A proxy that leaves CONNECT without an answer, or TLS beyond it. */
  async function openSilence(what: 'CONNECT' | 'TLS') {
    const guests: Socket[] = [];
    const server = createServer((guest) => {
      guests.push(guest);
      guest.on('error', () => {});
      const accepted = 'HTTP/1.1 200 Connection established\r\n\r\n';
      if (what === 'TLS') guest.once('data', () => guest.write(accepted));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    return { host, guests, settings: { HTTPS_PROXY: `http://ann:pa55word@${host}` } };
  }

  test.each(['CONNECT', 'TLS'] as const)(
    'a tunnel without %s in time is given up',
    async (what) => {
      const { host, guests, settings } = await openSilence(what);
      const failure = await failureOf(settings, { connectMs: 100 });
      const description = `the proxy ${host} did not connect to the server within 0.1 s`;
      expect(failure).toEqual({ kind: 'not_sent', code: 'PROXY_TIMEOUT', description });
      expect(remedyFor(failure)).toContain('does not reach the portal');
      await Promise.all(guests.map((guest) => guest.closed || once(guest.resume(), 'close')));
      expect(guests).toHaveLength(1);
    },
  );

  test.each(['CONNECT', 'TLS'] as const)('a stop does not wait for %s', async (what) => {
    const { guests, settings } = await openSilence(what);
    const stopped = new AbortController();
    const ended = failureOf(settings, { signal: stopped.signal });
    await expect.poll(() => guests.length).toBe(1);
    stopped.abort();
    expect(await ended).toMatchObject({ kind: 'withheld', code: 'INTERRUPTED' });
    expect(await failureOf(settings, { signal: stopped.signal })).toEqual(await ended);
    for (const guest of guests) guest.destroy();
  });

  test('a portal on this machine, and one in NO_PROXY, are reached directly', async () => {
    await using company = await openCompany();
    const { proxy, origin } = company;
    const settings = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
    for (const host of [origin, origin.replace('127.0.0.1', 'localhost')]) {
      expect(await send(settings, { origin: host })).toMatchObject({ ok: true });
    }
    const failure = await failureOf({ ...settings, NO_PROXY: 'corp.test' });
    expect(failure.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(proxy.requests).toEqual([]);
  });

  test('a proxy that cannot be reached is named', async () => {
    const { host } = new URL(await deadOrigin());
    const failure = await failureOf({ HTTPS_PROXY: `http://ann:pa55word@${host}` });
    expect(failure).toEqual({
      ...{ kind: 'not_sent', code: 'PROXY_UNREACHABLE' },
      description: `the proxy ${host} cannot be reached: connect ECONNREFUSED ${host}`,
    });
    expect(remedyFor(failure)).toContain('check its host and port');
  });

  test('a request is unanswered when the portal switches protocols', async () => {
    const { origin } = await startOddServer((response) => {
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\r\n');
    });
    await using front = await startTlsFront(COMPANY, Number(new URL(origin).port));
    await using proxy = await startProxy({ [`${NAME}:443`]: front.port });
    trust(COMPANY.authority);
    expect((await failureOf({ HTTPS_PROXY: proxy.url })).kind).toBe('unanswered');
  });
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])(
  'only a request that has not left blames the proxy for %s',
  (code) => {
    const error = Object.assign(new Error('no way'), { code });
    const codeOf = (hasLeft: boolean, proxy?: string) =>
      classifyEnding({ error, hasLeft, by: undefined, proxy }).code;
    expect(codeOf(false, 'proxy:3128')).toBe('PROXY_UNREACHABLE');
    expect([codeOf(true, 'proxy:3128'), codeOf(false)]).toEqual([code, code]);
  },
);

test.each(['ECONNRESET', 'EPIPE'])(
  'a connection that ends with %s before the request leaves',
  (code) => {
    const error = Object.assign(new Error('socket hang up'), { code });
    const ending = { error, hasLeft: false, by: undefined };
    expect(classifyEnding({ ...ending, proxy: 'proxy:3128' })).toEqual({
      ...{ kind: 'not_sent', code: 'PROXY_ENDED' },
      description: 'the proxy proxy:3128 ended the connection',
    });
    expect(classifyEnding({ ...ending, hasLeft: true, proxy: 'proxy:3128' }).code).toBe(code);
    expect(classifyEnding(ending).code).toBe(code);
  },
);

test('an error leaves out advice that does not help with npm run', () => {
  const message =
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca';
  const error = Object.assign(new Error(message), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  expect(classifyEnding({ error, hasLeft: false, by: undefined }).description).toBe(
    'unable to verify the first certificate',
  );
});
