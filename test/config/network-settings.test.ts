import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isExempt } from '../../src/config/network-settings.ts';

const proxy = createServer((_, response) => response.end());
let address: string;
beforeAll(async () => {
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const at = proxy.address();
  address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
});
afterAll(() => {
  proxy.close();
  proxy.closeAllConnections();
});

/** @returns whether Node.js bypasses the proxy for a request; nothing answers it then */
async function goesPast(noProxy: string, url: URL): Promise<boolean> {
  const agent = new Agent({ proxyEnv: { HTTP_PROXY: address, NO_PROXY: noProxy } });
  const noLookup = new Error('no name is looked up');
  const request = get(url, { agent, lookup: (_name, _options, found) => found(noLookup, '') });
  const proxied = once(request, 'response').then(
    ([response]) => void response.resume(),
    (error: unknown) => error,
  );
  try {
    return (await proxied) !== undefined;
  } finally {
    agent.destroy();
  }
}

test.each([
  ['', 'portal.example', false],
  ['*', 'portal.example', true],
  ['portal.example', 'portal.example', true],
  ['other, Portal.Example ', 'portal.example:8443', true],
  ['portal.example:8443', 'portal.example:8443', true],
  ['portal.example:80', 'portal.example', true],
  ['portal.example:443', 'portal.example:8443', false],
  ['.example', 'portal.example', true],
  ['.portal.example', 'portal.example', true],
  ['.ortal.example', 'portal.example', false],
  ['*.example', 'portal.example', true],
  ['*.portal.example', 'portal.example', false],
  ['*example', 'portal.example', false],
  ['example', 'portal.example', false],
  ['127.0.0.9', '127.0.0.9:1', true],
  ['127.0.0.1-127.0.0.9', '127.0.0.9:1', true],
  ['127.0.0.10 - 127.0.1.1', '127.0.0.255:1', true],
  ['127.0.0.10-127.0.0.200', '127.0.0.9:1', false],
  ['127.0.0.1-portal', '127.0.0.9:1', false],
  ['127.0.0.0/8', '127.0.0.9:1', false],
  ['::1', '[::1]:1', true],
  ['[::1]', '[::1]:1', false],
])('interprets NO_PROXY=%s for %s as Node.js does: %s', async (noProxy, host, isPast) => {
  const url = new URL(`http://${host}/`);
  expect(isExempt(noProxy, url)).toBe(isPast);
  expect(await goesPast(noProxy, url)).toBe(isPast);
});
