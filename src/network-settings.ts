import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** How Node.js reaches other machines, as the environment says; `.env` comes too late for it. */
export interface NetworkSettings {
  readonly httpsProxy: ProxySetting | undefined;
  readonly httpProxy: ProxySetting | undefined;
  readonly noProxy: string;
  /** Whether Node.js heeds them. */
  readonly usesEnvProxy: boolean;
  /** Whether Node.js checks certificates, as it does unless somebody switched that off. */
  readonly checksCertificates: boolean;
  /** The file with more certificate authorities. */
  readonly extraCaCerts: string | undefined;
  /** Those of these variables that stand in `.env` and not in the environment. */
  readonly onlyInDotenv: readonly string[];
}

export interface ProxySetting {
  /** As it is spelled. */
  readonly name: string;
  /** May hold a password. */
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

/**
 * Reads what Node.js itself reads of the environment.
 *
 * @param dotenv a file; one that cannot be read has nothing
 */
export function networkSettings(
  environment: Readonly<Record<string, string | undefined>>,
  dotenv: string,
): NetworkSettings {
  const spellings = (name: string) => [name.toLowerCase(), name];
  const isSet = (name: string) => spellings(name).some((spelled) => environment[spelled]);
  const proxy = (name: string): ProxySetting | undefined =>
    spellings(name).flatMap((spelled) => {
      const value = environment[spelled];
      return value ? [{ name: spelled, value }] : [];
    })[0];
  const below = namesIn(dotenv);
  const options = [environment.NODE_OPTIONS ?? '', ...process.execArgv].join(' ');
  return {
    ...{ httpsProxy: proxy('HTTPS_PROXY'), httpProxy: proxy('HTTP_PROXY') },
    noProxy: proxy('NO_PROXY')?.value ?? '',
    usesEnvProxy: environment.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy/.test(options),
    checksCertificates: environment.NODE_TLS_REJECT_UNAUTHORIZED !== '0',
    extraCaCerts: environment.NODE_EXTRA_CA_CERTS || undefined,
    onlyInDotenv: OF_NODE.filter((name) => below.has(name) && !isSet(name)),
  };
}

function namesIn(dotenv: string): ReadonlySet<string> {
  try {
    const values = Object.entries(parseEnv(readFileSync(dotenv, 'utf8')));
    return new Set(values.filter(([, value]) => value).map(([name]) => name.toUpperCase()));
  } catch {
    return new Set();
  }
}
