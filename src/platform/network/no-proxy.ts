import { BlockList, isIP } from 'node:net';

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** What an entry with an address can name. */
const RANGE = /^([\da-f:.]+)(?:-([\da-f:.]+)|\/(\d{1,3}))?$/;

/**
 * Interprets NO_PROXY as curl does: a name includes its subdomains, also after a dot or `*.`; an entry can
 * have a port; addresses can be a network (`10.0.0.0/8`) or a range (`10.0.0.1-10.0.0.9`); `*` is everything.
 *
 * @param noProxy entries between commas or spaces
 * @returns whether requests to this address go without the proxy
 */
export function isExempt(noProxy: string, { protocol, hostname, port }: URL): boolean {
  const host = bare(hostname.toLowerCase());
  const actualPort = port || PORTS[protocol];
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, ownPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
      return (ownPort === undefined || ownPort === actualPort) && covers(bare(name), host);
    });
}

function covers(entry: string, host: string): boolean {
  if (entry === '*') return true;
  if (isIP(host) > 0) return entry === host || isWithin(entry, host);
  const name = entry.replace(/^\*?\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function isWithin(entry: string, host: string): boolean {
  const [, first = '', last = '', bits = ''] = RANGE.exec(entry) ?? [];
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const list = new BlockList();
  try {
    if (last !== '') list.addRange(first, last, family(first));
    else if (bits !== '') list.addSubnet(first, Number(bits), family(first));
    else list.addAddress(first, family(first));
  } catch {
    return false;
  }
  return list.check(host, family(host));
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
