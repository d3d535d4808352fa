import { isIPv4 } from 'node:net';
import { readTextFile } from '../files/text/text-file.ts';
import { parseDotenv } from './parse-dotenv.ts';

/** How Node.js connects to other machines, from the environment; Node.js does not read `.env` for it. */
export interface NetworkSettings {
  readonly httpsProxy: ProxySetting | undefined;
  readonly httpProxy: ProxySetting | undefined;
  readonly noProxy: string;
  /** Whether Node.js uses them. */
  readonly usesEnvProxy: boolean;
  /** Whether Node.js checks certificates; the default unless it is switched off. */
  readonly checksCertificates: boolean;
  /** The file with additional certificate authorities. */
  readonly extraCaCerts: string | undefined;
  /** Those of these variables that are set in `.env` but not in the environment. */
  readonly onlyInDotenv: readonly string[];
}

export interface ProxySetting {
  /** Name of the variable, in the spelling that is set. */
  readonly name: string;
  /** Can contain a password. */
  readonly value: string;
}

const OF_NODE = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'NODE_USE_ENV_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether Node.js uses the proxies that the environment names; by default it does not. */
export const usesEnvProxy = ({ NODE_USE_ENV_PROXY, NODE_OPTIONS = '' }: Environment): boolean =>
  NODE_USE_ENV_PROXY === '1' ||
  [...NODE_OPTIONS.split(/\s+/), ...process.execArgv].includes('--use-env-proxy');

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Decides as Node.js 24: by names, names with a port, names after a dot or `*.`, and ranges of IPv4 addresses
 * (`10.0.0.1-10.0.0.9`). Netmasks are not supported.
 *
 * @param noProxy value of NO_PROXY
 * @returns whether NO_PROXY exempts this address from the proxy
 */
export function isExempt(noProxy: string, { protocol, hostname, port }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const withPort = `${host}:${port || PORTS[protocol]}`;
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => {
      if (entry === '*' || entry === host || entry === withPort) return true;
      if (entry.startsWith('.')) return `.${host}`.endsWith(entry);
      if (entry.startsWith('*.')) return host.endsWith(entry.slice(1));
      return isInRange(host, entry);
    });
}

function isInRange(host: string, range: string): boolean {
  const [first = '', last = ''] = range.split('-').map((end) => end.trim());
  if (![host, first, last].every(isIPv4)) return false;
  return numberOf(first) <= numberOf(host) && numberOf(host) <= numberOf(last);
}

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);

/**
 * Reads the network settings that Node.js itself reads from the environment.
 *
 * @param dotenv path of the file; one that cannot be read counts as empty
 */
export function networkSettings(environment: Environment, dotenv: string): NetworkSettings {
  const spellings = (name: string) => [name.toLowerCase(), name];
  const isSet = (name: string) => spellings(name).some((spelled) => environment[spelled]);
  const proxy = (name: string): ProxySetting | undefined =>
    spellings(name).flatMap((spelled) => {
      const value = environment[spelled];
      return value ? [{ name: spelled, value }] : [];
    })[0];
  const below = namesIn(dotenv);
  return {
    ...{ httpsProxy: proxy('HTTPS_PROXY'), httpProxy: proxy('HTTP_PROXY') },
    noProxy: proxy('NO_PROXY')?.value ?? '',
    usesEnvProxy: usesEnvProxy(environment),
    checksCertificates: environment.NODE_TLS_REJECT_UNAUTHORIZED !== '0',
    extraCaCerts: environment.NODE_EXTRA_CA_CERTS || undefined,
    onlyInDotenv: OF_NODE.filter((name) => below.has(name) && !isSet(name)),
  };
}

function namesIn(dotenv: string): ReadonlySet<string> {
  try {
    const { values } = parseDotenv(readTextFile(dotenv, dotenv), dotenv, () => false);
    const set = Object.entries(values);
    return new Set(set.filter(([, value]) => value).map(([name]) => name.toUpperCase()));
  } catch {
    return new Set();
  }
}
