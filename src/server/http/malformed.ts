import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { problem } from '../../messages/problems.ts';
import { noMethod } from './allowed-methods.ts';
import {
  HttpProblem,
  handleError,
  PROBLEM_TYPE,
  problemDetails,
  sendProblem,
} from './http-problem.ts';

const MALFORMED = new HttpProblem('invalid_request', problem('request_malformed', {}));
const HEAD_TOO_LARGE = new HttpProblem('head_too_large', problem('head_too_large', {}));
const TOO_SLOW = new HttpProblem('timeout', problem('head_too_slow', {}));
const ENDING = new HttpProblem('unavailable', problem('server_ending', {}));

/** The methods of the API and the page. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'POST'];
const NO_TUNNEL = noMethod('CONNECT', METHODS);

/** A host and a port as in a URL (RFC 3986); each can be missing. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** Headers of responses that are sent before any hook runs. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

const PROBLEMS: Readonly<Record<string, HttpProblem | undefined>> = {
  ERR_HTTP_REQUEST_TIMEOUT: TOO_SLOW,
  HPE_HEADER_OVERFLOW: HEAD_TOO_LARGE,
};

/** Sends problem details for errors that reach no route and no hook. */
export const MALFORMED_ANSWERS = {
  frameworkErrors: (error, request, reply) => {
    reply.headers(HEADERS);
    if (error.code === 'FST_ERR_BAD_URL') return sendProblem(MALFORMED, request, reply);
    return handleError(error, request, reply);
  },
  clientErrorHandler: (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    answerRaw(socket, PROBLEMS[error.code ?? ''] ?? MALFORMED);
  },
  // `refuseMalformed` answers these; Fastify would answer in its own format.
  return503OnClosing: false,
} satisfies FastifyServerOptions;

/** Checks that `refuseMalformed` does instead of Node. */
export const MALFORMED_HTTP = { requireHostHeader: false };

/**
 * Refuses with problem details what Node and Fastify would refuse in their own format. Register it
 * before all routes.
 *
 * @param ending aborted when the server is about to stop
 */
export function refuseMalformed(app: FastifyInstance, ending: AbortSignal): void {
  app.addHook('onRequest', async (request, reply) => {
    const { headers, raw } = request;
    if (ending.aborted) {
      reply.headers({ ...HEADERS, connection: 'close' });
      return sendProblem(ENDING, request, reply);
    }
    const hosts = raw.headersDistinct.host ?? [];
    const mayLackHost = raw.httpVersion !== '1.1' || headers[':authority'] !== undefined;
    const isRight = hosts.length === 0 ? mayLackHost : hosts.length === 1 && HOST.test(`${hosts}`);
    if (isRight) return;
    return sendProblem(MALFORMED, request, reply.headers(HEADERS));
  });
  // Without a listener, Node closes the connection itself.
  app.server.on('connect', (_request, socket: Socket) => {
    socket.on('error', () => {});
    answerRaw(socket, NO_TUNNEL);
  });
  // `Expect` supports a continuation only.
  app.server.on('checkExpectation', ({ url }, answer) => {
    const body = JSON.stringify(problemDetails(MALFORMED, url?.split('?')[0] ?? ''));
    answer.writeHead(400, headOf(body)).end(body);
  });
}

function answerRaw(socket: Socket, problem: HttpProblem): void {
  const details = problemDetails(problem, '');
  const body = JSON.stringify(details);
  const { allow } = problem.more;
  const head = { ...headOf(body), ...(allow && { allow: allow.join(', ') }) };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${details.status} ${STATUS_CODES[details.status]}\r\n`;
  if (socket.writable) socket.write(`${status}${lines.join('')}\r\n${body}`);
  socket.destroySoon();
}

const headOf = (body: string) => ({
  ...HEADERS,
  'content-type': PROBLEM_TYPE,
  'content-length': Buffer.byteLength(body),
  connection: 'close',
});
