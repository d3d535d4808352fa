import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { problem } from '../../messages/problems.ts';
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

const READ_ONLY = new HttpProblem('method_not_allowed', problem('queue_read_only', {}), {
  allow: ['GET', 'HEAD'],
});

/** Whether a browser opens the board; false for the data requests of the board. */
export const isBoard = ({
  method,
  url,
  headers,
}: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean =>
  method === 'GET' &&
  /^\/queue(\/(?!(api|static)\/)|$|\?)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

const BACK_STYLE =
  'position:fixed;bottom:12px;left:12px;z-index:9999;padding:8px 14px;border-radius:8px;background:#1864ab;color:#fff;font:600 14px system-ui;text-decoration:none';

/** A link to the page of the portal; the board itself has none that is visible. */
const wayBack = (href: string, language = ''): string =>
  `<a href="${href}" style="${BACK_STYLE}">← ${/^ru\b/i.test(language) ? 'Назад в' : 'Back to'} Bulk Invite</a>`;

/** Headers of one connection, which are not passed on. */
const OF_CONNECTION = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** A read-only page of the queue, for administrators. Its packages load at the first request. */
export const queueRoutes =
  ({ app: { queue }, config: { basePath } }: ServerContext): FastifyPluginAsync =>
  async (app) => {
    let board: Promise<FastifyInstance> | undefined;
    const open = async () =>
      (await import('../queue-board.ts')).openBoard(queue, basePath, `${basePath}${PATH}`);
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
          ...{ url: `${basePath}${url}`, headers },
          method: method === 'HEAD' ? 'HEAD' : 'GET',
        });
        // The board would answer in its own format.
        if (answer.statusCode >= 500) throw new Error(`the queue’s page: ${answer.body}`);
        if (answer.statusCode >= 400) throw nothingHere();
        for (const [name, value] of Object.entries(answer.headers)) {
          if (!OF_CONNECTION.has(name)) reply.header(name, value);
        }
        reply.code(answer.statusCode);
        if (!isBoard({ method, url, headers })) return reply.send(answer.rawPayload);
        const back = wayBack(`${basePath}/portal`, headers['accept-language']);
        return reply
          .removeHeader('content-length')
          .send(answer.body.replace('</body>', `${back}</body>`));
      });
    }
  };
