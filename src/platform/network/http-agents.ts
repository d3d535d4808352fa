import http from 'node:http';
import https from 'node:https';
import { NO_PROXIES, type Proxies, proxyKind } from './proxies.ts';
import { TunnelAgent } from './tunnel-agent.ts';

/** How a request reaches its server. */
export interface Route {
  readonly agent: http.Agent;
  /** Host and port of the proxy; undefined: without one. */
  readonly proxy: string | undefined;
  /** Timeout for establishing a connection, TLS included, in milliseconds. */
  readonly connectMs: number;
}

const CONNECT_MS = 10_000;

/** Timeout of idle connections and the rest as the agents of Node.js that requests have by default. */
const KEEP_ALIVE = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;

interface Agents {
  readonly http: http.Agent;
  readonly https: http.Agent;
}

/**
 * Keeps connections for the next request, through the proxies where they apply. Node.js itself uses the
 * proxies of the environment only on request, for this machine too, and never those in `.env`.
 */
export class HttpAgents {
  readonly #proxies: Proxies;
  readonly #direct: Agents;
  readonly #proxied: Agents;
  readonly #connectMs: number;

  /**
   * @param proxies @default none
   * @param connectMs timeout for establishing a connection. @default ten seconds
   */
  constructor(proxies: Proxies = NO_PROXIES, connectMs = CONNECT_MS) {
    this.#proxies = proxies;
    this.#connectMs = connectMs;
    this.#direct = { http: new http.Agent(KEEP_ALIVE), https: new https.Agent(KEEP_ALIVE) };
    const HTTP_PROXY = proxies.http?.address.reveal();
    const HTTPS_PROXY = proxies.https?.address.reveal();
    this.#proxied = {
      http: new http.Agent({ ...KEEP_ALIVE, proxyEnv: { HTTP_PROXY } }),
      https: new TunnelAgent(connectMs, { ...KEEP_ALIVE, proxyEnv: { HTTPS_PROXY } }),
    };
  }

  routeTo(address: string): Route {
    const url = new URL(address);
    const kind = proxyKind(this.#proxies.exempt, url);
    const proxy = kind && this.#proxies[kind]?.host;
    const agents = proxy === undefined ? this.#direct : this.#proxied;
    const agent = url.protocol === 'https:' ? agents.https : agents.http;
    return { agent, proxy, connectMs: this.#connectMs };
  }
}
