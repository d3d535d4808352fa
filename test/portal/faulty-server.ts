import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request as the server received it. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server with answers that the sandbox does not give. */
export interface OddServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** All requests so far, read to their end. */
  readonly received: readonly Received[];
}

/** Answers a request that has been read. */
export type Respond = (response: ServerResponse, request: Received) => void;

/** Starts a server, closed when the test ends. */
export async function startOddServer(respond: Respond): Promise<OddServer> {
  const received: Received[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const read = { method, url, headers, body: await text(request) };
    received.push(read);
    respond(response, read);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  // The client ends idle connections.
  server.keepAliveTimeout = 0;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, received };
}

/** Answers JSON with a status. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** @returns the origin of a port without a listener */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}
