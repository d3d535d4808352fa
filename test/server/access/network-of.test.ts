import { describe, expect, test } from 'vitest';
import { LoginThrottle } from '../../../src/server/access/login-throttle.ts';
import { networkOf } from '../../../src/server/access/network-of.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:0DB8:0000:0000:0000:0000:0000:0014', '2001:db8:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['2001:db8:1:2::5', '2001:db8:1:2'],
  ['2001:db8:0:1::5', '2001:db8:0:1'],
  ['2001::5:6:7:8', '2001:0:0:0'],
  ['1::2:3:4:5:6:7', '1:0:2:3'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['0:0:0:0:0:ffff:c000:0201', '192.0.2.1'],
  ['::192.0.2.1', '0:0:0:0'],
  ['nothing', 'nothing'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('wrong tokens', () => {
  test.each<[what: string, addresses: (at: number) => string, other: string]>([
    ['an IPv6 network in short notation', (at) => `2001:db8::${at}`, '2001:db8:0:1::1'],
    ['an IPv6 network in long notation', (at) => `2001:db8:1:2:3:4:5:${at}`, '2001:db8:1::1'],
    ['an IPv4 address in two spellings', (at) => SPELLINGS[at % 2] ?? '', '::ffff:192.0.2.2'],
  ])('from %s are counted together, and do not affect other addresses', (_, addresses, other) => {
    const attempts = new LoginThrottle(() => 0);
    for (let at = 1; at <= 10; at += 1) attempts.fail(addresses(at));
    expect(attempts.secondsToWait(addresses(11))).toBe(300);
    expect(attempts.secondsToWait(other)).toBe(0);
  });
});

const SPELLINGS = ['::ffff:192.0.2.1', '192.0.2.1'];
