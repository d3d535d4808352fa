import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ConnectTimeout } from './tunnel-agent.ts';

/** How one HTTP request ended. */
export type Exchange =
  | { kind: 'answered'; status: number; location: string | undefined; body: string }
  | FailedExchange;

/** No complete answer. */
export interface FailedExchange {
  kind: 'failed';
  error: unknown;
  /** Some of it may have reached the server. */
  hasLeft: boolean;
  /** Status of an answer that broke off; undefined: none came. */
  status: number | undefined;
}

export interface ExchangeOptions {
  agent: http.Agent;
  /** Timeout for establishing a connection, TLS included, in milliseconds. */
  connectMs: number;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Called on an established connection, right before the first byte; false stops the request. */
  mayLeave: () => boolean;
}

/** Every usable answer is smaller, after decompression, in bytes. */
const MOST_BYTES = 64 * 1024 ** 2;

/** The answer is larger than any usable one. */
export class AnswerTooLarge extends Error {
  static readonly code = 'ANSWER_TOO_LARGE';
  readonly code = AnswerTooLarge.code;
  constructor() {
    super(`the answer has more than ${MOST_BYTES / 1024 ** 2} MiB`);
  }
}

/** `mayLeave` stopped the request before its first byte. */
export class Withheld extends Error {}

/**
 * Posts a body, and reports whether any of it has left: nothing is written before the connection is
 * established, with TLS for https, and through a proxy where the agent has one. Redirects are not followed.
 *
 * @returns how the request ended, also when the connection broke
 */
export async function exchange(
  url: string,
  body: string,
  { agent, connectMs, headers, signal, mayLeave }: ExchangeOptions,
): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  let hasLeft = false;
  let status: number | undefined;
  const fail = (error: unknown) => resolve({ kind: 'failed', error, hasLeft, status });
  // Destroying a request ends it only once it has a connection.
  const abort = () => fail(signal.reason);
  const { request: start } = url.startsWith('https:') ? https : http;
  const request = start(url, {
    ...{ method: 'POST', agent },
    headers: { ...headers, 'accept-encoding': 'gzip' },
    signal,
  });
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const connecting = setTimeout(() => request.destroy(new ConnectTimeout(connectMs)), connectMs);
  const leave = () => {
    clearTimeout(connecting);
    if (!mayLeave()) {
      request.destroy(new Withheld('too late to be sent'));
      return;
    }
    hasLeft = true;
    request.end(body);
  };
  request.on('socket', (socket) => {
    const event = readyEvent(socket);
    if (event === undefined) leave();
    else socket.once(event, leave);
  });
  request.on('response', (response) => {
    const { statusCode = 0, headers: reported } = response;
    status = statusCode;
    readText(response).then((read) => {
      const { location } = reported;
      resolve({ kind: 'answered', status: statusCode, location, body: read });
    }, fail);
  });
  // 101: the server switches protocols, and Node.js leaves the connection to us.
  request.on('upgrade', ({ statusCode = 0 }, socket) => {
    socket.destroy();
    resolve({ kind: 'answered', status: statusCode, location: undefined, body: '' });
  });
  request.on('error', fail);
  // Node.js can close a connection without an error. A response is read to its own end.
  request.on('close', () => {
    if (status === undefined) fail(new ClosedUnanswered());
  });
  try {
    return await promise;
  } finally {
    clearTimeout(connecting);
    signal.removeEventListener('abort', abort);
  }
}

class ClosedUnanswered extends Error {
  readonly code = 'ECONNRESET';
  constructor() {
    super('closed without an answer');
  }
}

/** @returns the event that a new connection emits once it is usable; undefined when it already is */
function readyEvent(socket: Socket): 'secureConnect' | 'connect' | undefined {
  if ('secureConnecting' in socket && socket.secureConnecting === true) return 'secureConnect';
  return socket.connecting ? 'connect' : undefined;
}

const readText = (response: http.IncomingMessage): Promise<string> =>
  response.headers['content-encoding'] === 'gzip'
    ? pipeline(response, createGunzip(), text)
    : pipeline(response, text);

/** @throws AnswerTooLarge as soon as the limit is exceeded, so that memory does not fill up */
async function text(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new AnswerTooLarge();
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}
