import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { QUEUE_PAGE } from '../../assets.ts';
import type { Context } from '../context.ts';
import { HttpProblem, sendProblem } from '../problem.ts';

const PATH = '/queue';

/** The board's page writes its settings and styles into itself; that goes for its own path only. */
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

const READ_ONLY = new HttpProblem('method_not_allowed', 'The queue is only looked at here.', {
  remedy: 'Pause, resume, cancel and retry an import instead.',
});

/** Whether somebody opens the board in a browser, rather than the board asks for its data. */
export const isBoard = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' &&
  /^\/queue(\/(?!(api|static)\/)|$|\?)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

/** The queue, to be looked at by administrators. */
export const queuePage =
  ({ app: { queue } }: Context): FastifyPluginAsync =>
  async (app) => {
    const board = new FastifyAdapter().setBasePath(PATH);
    createBullBoard({
      queues: [new BullMQAdapter(queue.board, { readOnlyMode: true })],
      serverAdapter: board,
      options: {
        ...(QUEUE_PAGE !== undefined && { uiBasePath: QUEUE_PAGE }),
        uiConfig: { boardTitle: 'Bulk Invite', miscLinks: [{ text: 'Bulk Invite', url: '/' }] },
      },
    });
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'admin' };
      route.schema = { ...route.schema, hide: true };
    });
    app.addHook('onRequest', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      return sendProblem(READ_ONLY, request, reply);
    });
    app.addHook('onSend', async ({ caller }, reply, payload) => {
      // Whoever is refused gets another page.
      if (caller !== null) reply.header('content-security-policy', POLICY);
      return payload;
    });
    await app.register(board.registerPlugin(), { prefix: PATH });
  };
