import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { serveControl } from './admin-api.ts';
import { htmlAnswer, send } from './rest/sandbox-answer.ts';
import { serveRest } from './rest/serve-rest.ts';
import { completeOptions, type SandboxOptions } from './sandbox-options.ts';
import { Portal } from './state/sandbox-portal.ts';
import { type Truth, truthOf } from './truth.ts';

export type { SandboxOptions } from './sandbox-options.ts';

/** A running sandbox portal. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/rest/1/CODE/`, with the current code. */
  readonly webhookUrl: string;
  /**
   * Resolves as soon as `wanted` returns true for the current truth.
   *
   * @throws an AbortError when the signal aborts first
   */
  until(wanted: (truth: Truth) => boolean, signal: AbortSignal): Promise<void>;
  /** Closes all connections, also those in progress or at the gate; nothing is executed after it. */
  close(): Promise<void>;
}

/**
 * Starts a portal that behaves as Bitrix24 does towards a program that invites people to
 * workgroups. Tests inspect and control it under `/sandbox/…`.
 * @returns the portal, which listens by then
 * @throws the system's error when it cannot, such as EADDRINUSE
 */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const complete = completeOptions(options);
  const portal = new Portal(complete);
  const server = createServer((request, response) => {
    const [, area] = (request.url ?? '').split(/[/?]/);
    if (area === 'rest') void serveRest(portal, request, response);
    else if (area === 'sandbox') void serveControl(portal, request, response);
    else send(response, htmlAnswer(404));
  });
  // The client ends idle connections. If both did, a busy machine would send a request into one
  // that has just been closed.
  server.keepAliveTimeout = 0;
  server.listen(complete.port, complete.host);
  await once(server, 'listening');
  const origin = originOf(server, complete.host);
  return {
    origin,
    get webhookUrl() {
      return `${origin}/rest/${portal.callerId}/${portal.code}/`;
    },
    async until(wanted, signal) {
      while (!wanted(truthOf(portal))) await once(portal.changes, 'change', { signal });
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      portal.stop();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function originOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
