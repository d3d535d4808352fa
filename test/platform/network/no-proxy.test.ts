import { expect, test } from 'vitest';
import { isExempt } from '../../../src/platform/network/no-proxy.ts';
import { isLoopback } from '../../../src/platform/network/proxies.ts';

test.each([
  ['', 'portal.example', false],
  ['*', 'portal.example', true],
  ['portal.example', 'portal.example', true],
  ['other, Portal.Example ', 'portal.example:8443', true],
  ['other portal.example', 'portal.example', true],
  ['portal.example:8443', 'portal.example:8443', true],
  ['portal.example:80', 'portal.example', true],
  ['portal.example:443', 'portal.example:8443', false],
  ['.example', 'portal.example', true],
  ['.portal.example', 'portal.example', true],
  ['.ortal.example', 'portal.example', false],
  ['*.example', 'portal.example', true],
  ['*.portal.example', 'a.portal.example', true],
  ['*example', 'portal.example', false],
  ['example', 'portal.example', true],
  ['ample', 'portal.example', false],
  ['.', 'portal.example', false],
  ['127.0.0.9', '127.0.0.9:1', true],
  ['0.0.9', '127.0.0.9:1', false],
  ['127.0.0.9:1', '127.0.0.9:1', true],
  ['127.0.0.9:2', '127.0.0.9:1', false],
  ['127.0.0.1-127.0.0.9', '127.0.0.9:1', true],
  ['127.0.0.10-127.0.1.1', '127.0.0.255:1', true],
  ['127.0.0.10-127.0.0.200', '127.0.0.9:1', false],
  ['127.0.0.1-portal', '127.0.0.9:1', false],
  ['127.0.0.0/8', '127.0.0.9:1', true],
  ['10.0.0.0/8', '127.0.0.9:1', false],
  ['10.0.0.0/99', '10.0.0.9:1', false],
  ['fd00::/8', '[fd00::1]:1', true],
  ['fd00::/8', '10.0.0.1', false],
  ['::1', '[::1]:1', true],
  ['[::1]', '[::1]:1', true],
  ['[::1]:2', '[::1]:1', false],
])('NO_PROXY=%s exempts %s: %s', (noProxy, host, isPast) => {
  expect(isExempt(noProxy, new URL(`http://${host}/`))).toBe(isPast);
});

test.each([
  ['localhost', true],
  ['127.0.0.1:3000', true],
  ['127.8.9.10', true],
  ['[::1]:81', true],
  ['localhost.example.com', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
])('%s is on this machine: %s', (host, isHere) => {
  expect(isLoopback(new URL(`http://${host}/`))).toBe(isHere);
});
