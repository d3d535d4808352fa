import https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The proxy has accepted the connection, and has not connected to the server in time. */
export class TunnelTimeout extends Error {
  constructor(ms: number) {
    super(`did not connect to the server within ${ms / 1_000} s`);
  }
}

/** No connection was established in time. */
export class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT';
  constructor(ms: number) {
    super(`no connection within ${ms / 1_000} s`);
  }
}

/**
 * Connects through a proxy, and limits the time from the connection to the proxy to the end of TLS with the
 * server. Node.js itself applies the timeout of idle connections to CONNECT, and none to the TLS that follows;
 * until then its request has no socket, so destroying the request has no effect.
 */
export class TunnelAgent extends https.Agent {
  readonly #connectMs: number;

  constructor(connectMs: number, options: https.AgentOptions) {
    super(options);
    this.#connectMs = connectMs;
  }

  override createConnection(
    options: https.RequestOptions,
    report: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const ms = this.#connectMs;
    const socket = super.createConnection({ ...options, timeout: 0 }, (error, tunnel) => {
      clearTimeout(timer);
      report(error, tunnel);
    });
    const timer = setTimeout(() => {
      if (!(socket instanceof Socket)) return;
      report(socket.connecting ? new ConnectTimeout(ms) : new TunnelTimeout(ms), socket);
      socket.destroy();
    }, ms);
    return socket;
  }
}
