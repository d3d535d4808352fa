import {
  areEncoded,
  type Credentials,
  decode,
  NOT_ENCODED,
  readCredentials,
} from './credentials.ts';

/** Sentinels, and the Redis that they monitor. */
export interface SentinelPlace extends Credentials {
  sentinels: { host: string; port: number }[];
  /** The Sentinels' name for the Redis. */
  master: string;
  database: number;
  /** For both the Redis and the Sentinels. */
  tls: boolean;
  /** Credentials of the Sentinels, if they require any. */
  sentinelUsername: string | undefined;
  sentinelPassword: string | undefined;
}

/** Example of a correct address. */
export const SENTINEL_FORM =
  'redis+sentinel://user:password@host1:26379,host2:26379/mymaster/0?sentinel_password=…';

const SCHEME = /^rediss?\+sentinel:\/\//i;
const FORM =
  /^redis(?<s>s?)\+sentinel:\/\/(?:(?<user>[^/?#]*)@)?(?<hosts>[^@/?#]+)\/(?<master>[^/?#]+)(?:\/(?<database>\d{0,5}))?(?:\?(?<query>[^#]*))?$/i;
const HOST = /^(?<host>\[[\da-f:.]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/i;
const OPTIONS = ['sentinel_username', 'sentinel_password'];
const NO_ESCAPE = 'has a % that is not followed by two digits; a % itself is %25';
const DEFAULT_PORT = 26_379;

/** @returns whether the text is meant as an address of Sentinels, correct or not */
export const isSentinelUrl = (text: string): boolean => SCHEME.test(text);

/**
 * Parses `redis+sentinel://[user:password@]host[:port][,…]/master[/database][?sentinel_password=…]`, and
 * `rediss+sentinel://` for TLS: the form that other programs use as well.
 *
 * @returns the place, or an error text without any password
 */
export function parseSentinelUrl(text: string): SentinelPlace | string {
  if (!areEncoded(text)) return NOT_ENCODED;
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) return 'names no Sentinels, or no master behind them';
  const { s = '', user = '', hosts = '', master = '', database = '', query = '' } = parts;
  const sentinels = hosts.split(',').map(parseHost);
  if (!sentinels.every((sentinel) => sentinel !== undefined)) {
    return 'has a Sentinel that is not HOST:PORT';
  }
  const name = decode(master);
  const options = new Map<string, string>();
  for (const option of query.split('&').filter((option) => option !== '')) {
    const [key = '', ...rest] = option.split('=');
    const value = decode(rest.join('='));
    if (!OPTIONS.includes(key)) return `takes after the ? only ${OPTIONS.join(' and ')}`;
    if (value === undefined) return NO_ESCAPE;
    options.set(key, value);
  }
  if (name === undefined) return NO_ESCAPE;
  return {
    sentinels,
    master: name,
    database: Number(database),
    tls: s !== '',
    ...readCredentials(user),
    sentinelUsername: options.get('sentinel_username') || undefined,
    sentinelPassword: options.get('sentinel_password') || undefined,
  };
}

function parseHost(text: string): { host: string; port: number } | undefined {
  const parts = HOST.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { host = '', port = DEFAULT_PORT } = parts;
  const isPort = Number(port) > 0 && Number(port) < 65_536;
  return isPort ? { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) } : undefined;
}
