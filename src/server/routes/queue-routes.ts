import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { HttpProblem, nothingHere, sendProblem } from '../http/http-problem.ts';
import type { ServerContext } from '../server-context.ts';

const PATH = '/queue';

/** The board's page contains inline settings and styles; this policy applies to its path only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const READ_ONLY = new HttpProblem('method_not_allowed', 'The queue is read-only here.', {
  remedy: 'Pause, resume, cancel and retry an import instead.',
  allow: ['GET', 'HEAD'],
});

/** Whether a browser opens the board; false for the data requests of the board. */
export const isBoard = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' &&
  /^\/queue(\/(?!(api|static)\/)|$|\?)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

/** Headers of one connection, which are not passed on. */
const OF_CONNECTION = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/**
 * A read-only page of the queue, for administrators. Its packages are loaded at the first request,
 * because they took a seventh of the server's start.
 */
export const queueRoutes =
  ({ app: { queue } }: ServerContext): FastifyPluginAsync =>
  async (app) => {
    let board: Promise<FastifyInstance> | undefined;
    const open = async () => (await import('../queue-board.ts')).openBoard(queue, PATH);
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'admin' };
      route.schema = { ...route.schema, hide: true };
    });
    app.addHook('onRequest', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      return sendProblem(READ_ONLY, request, reply);
    });
    app.addHook('onSend', async ({ caller }, reply, payload) => {
      // A refused caller gets another page.
      if (caller !== null) reply.header('content-security-policy', POLICY);
      return payload;
    });
    app.addHook('onClose', async () => (await board)?.close());
    for (const path of [PATH, `${PATH}/*`]) {
      app.all(path, async ({ method, url, headers }, reply) => {
        board ??= open();
        const answer = await (await board).inject({
          ...{ url, headers },
          method: method === 'HEAD' ? 'HEAD' : 'GET',
        });
        // The board would answer in its own format.
        if (answer.statusCode >= 500) throw new Error(`the queue’s page: ${answer.body}`);
        if (answer.statusCode >= 400) throw nothingHere();
        for (const [name, value] of Object.entries(answer.headers)) {
          if (!OF_CONNECTION.has(name)) reply.header(name, value);
        }
        return reply.code(answer.statusCode).send(answer.rawPayload);
      });
    }
  };
