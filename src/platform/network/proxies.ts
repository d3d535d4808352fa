import { areEncoded } from '../../domain/text/credentials.ts';
import { Secret } from '../../domain/text/secret.ts';
import { isExempt } from './no-proxy.ts';

/** A proxy for requests. */
export interface HttpProxy {
  /** Its URL; it can contain a password. */
  readonly address: Secret;
  /** Host and port, for messages. */
  readonly host: string;
}

/** Which requests go through a proxy. */
export interface Proxies {
  readonly https: HttpProxy | undefined;
  readonly http: HttpProxy | undefined;
  /** Value of NO_PROXY. */
  readonly exempt: string;
}

export const NO_PROXIES: Proxies = { https: undefined, http: undefined, exempt: '' };

/** A proxy on another machine could not reach this one by these names. */
const LOOPBACK = 'localhost,127.0.0.0/8,::1';

/**
 * @param text `http://USER:PASSWORD@HOST:PORT`, also https, and without `http://`
 * @returns undefined when the text is no address of such a proxy
 */
export function parseProxy(text: string): HttpProxy | undefined {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.parse(full);
  if (url === null || !/^https?:$/.test(url.protocol) || !areEncoded(full)) return undefined;
  return { address: new Secret(url.href), host: url.host };
}

/** Whether requests to this address stay on this machine; they never go through a proxy. */
export const isLoopback = (url: URL): boolean => isExempt(LOOPBACK, url);

/** @returns the kind of proxy for requests to this address; undefined when they go without one */
export function proxyKind(exempt: string, url: URL): 'http' | 'https' | undefined {
  if (isLoopback(url) || isExempt(exempt, url)) return undefined;
  return url.protocol === 'https:' ? 'https' : 'http';
}
