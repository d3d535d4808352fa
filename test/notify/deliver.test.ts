import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { Secret } from '../../src/domain/text/secret.ts';
import { deliver } from '../../src/notify/deliver.ts';
import { HttpAgents } from '../../src/platform/network/http-agents.ts';
import { signedByAuthority, trust } from '../portal/certificate.ts';
import { startHttpsFront, startProxy } from '../support/services/company-network.ts';
import { startReceiver } from '../support/services/receiver.ts';

const HOOK = 'hook.corp.test';
const COMPANY = signedByAuthority(HOOK);
const NOTICE = { id: 1, key: 'k', event: 'import.finished', body: '{}', attempts: 0, ageMs: 0 };

/** A receiver that only the proxy reaches. @returns it with its proxy, and how to deliver to it */
async function openReceiver() {
  const stack = new AsyncDisposableStack();
  const receiver = stack.use(await startReceiver());
  const front = stack.use(await startHttpsFront(COMPANY, Number(new URL(receiver.url).port)));
  const proxy = stack.use(await startProxy({ [`${HOOK}:443`]: front.port }));
  const url = new Secret(`https://${HOOK}/s3cr3t-path`);
  const agents = new HttpAgents(readConfig({ HTTPS_PROXY: proxy.url }, '').proxies);
  const to = { url, secret: undefined, userAgent: 'test', agents };
  const send = () => deliver(NOTICE, to, new AbortController().signal);
  return { receiver, proxy, send, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('a notification goes through the proxy', async () => {
  await using company = await openReceiver();
  trust(COMPANY.authority);
  await company.send();
  expect(company.receiver.posts).toMatchObject([{ body: '{}', headers: { host: HOOK } }]);
  expect(company.proxy.requests).toEqual([`CONNECT ${HOOK}:443`]);
});

test('an error names the proxy that refuses, and neither its password nor the address', async () => {
  await using company = await openReceiver();
  company.proxy.refuse(407);
  const words = `PROXY_407: the proxy ${company.proxy.host} refuses (407)`;
  await expect(company.send()).rejects.toThrow(`the receiver could not be reached (${words})`);
});

test('an error about an unknown authority names NODE_EXTRA_CA_CERTS', async () => {
  await using company = await openReceiver();
  await expect(company.send()).rejects.toThrow(
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE: set NODE_EXTRA_CA_CERTS to the file of its authority',
  );
  expect(company.receiver.posts).toEqual([]);
});

/** A receiver that answers with this head, and a body that breaks off. */
async function startReceiverOf(head: string) {
  const posts: string[] = [];
  const server = createServer((guest) => {
    guest.on('error', () => {});
    guest.once('data', (bytes) => {
      posts.push(bytes.toString());
      guest.end(`${head}\r\nContent-Length: 100\r\n\r\nall`);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { host, posts };
}

/** @returns a delivery to a receiver without TLS */
const deliverPlainly = (url: string, settings: Record<string, string> = {}) =>
  deliver(
    NOTICE,
    {
      ...{ url: new Secret(url), secret: undefined, userAgent: 'test' },
      agents: new HttpAgents(readConfig(settings, '').proxies),
    },
    new AbortController().signal,
  );

test('the status of an answer that breaks off is enough', async () => {
  const { host, posts } = await startReceiverOf('HTTP/1.1 200 OK');
  await deliverPlainly(`http://${host}/s3cr3t-path`);
  expect(posts).toHaveLength(1);
});

test.each([
  [407, 'the proxy PROXY refuses (407)'],
  [502, 'the receiver, or the proxy PROXY, answered 502'],
])(
  '%i by the proxy of an address without TLS is not blamed on the receiver',
  async (status, words) => {
    const { host } = await startReceiverOf(`HTTP/1.1 ${status} No`);
    const settings = { HTTP_PROXY: `http://ann:pa55word@${host}` };
    const sent = deliverPlainly(`http://${HOOK}/s3cr3t-path`, settings);
    await expect(sent).rejects.toThrow(new Error(words.replace('PROXY', host)));
  },
);
