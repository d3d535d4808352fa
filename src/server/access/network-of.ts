import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** The groups that identify the network; its owner can use any address in the other half. */
const NETWORK_GROUPS = 4;

/**
 * @returns the network of an address, as text to compare: for IPv6 its /64, in any spelling; for
 * IPv4 the address, also in IPv6 notation; for anything else the text itself
 * @example networkOf('2001:db8::1') // '2001:db8:0:0'
 * @example networkOf('::ffff:192.0.2.1') // '192.0.2.1'
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join('.');
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toString(16))
    .join(':');
}

function groupsOf(address: string): number[] {
  // URL writes the last two groups in hexadecimal, and the longest run of zeros as `::`.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split('::').map(numbersIn);
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

const numbersIn = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

const bytesOf = (group: number): number[] => [group >> 8, group & 0xff];
