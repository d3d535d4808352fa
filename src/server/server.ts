import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { sessionKey } from './access/session-key.ts';
import { buildBaseServer } from './base-server.ts';
import type { Context } from './context.ts';
import { describeApi } from './openapi.ts';
import { Pages } from './pages.ts';
import { HttpProblem, sendProblem } from './problem.ts';
import { controlRoutes } from './routes/control.ts';
import { dashboard, isPage } from './routes/dashboard.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { loginRoutes } from './routes/login.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pairRoutes } from './routes/pairs.ts';
import { portalRoutes } from './routes/portal.ts';
import { isBoard, queuePage } from './routes/queue-page.ts';
import { resultsRoutes } from './routes/results.ts';
import { reviewRoutes } from './routes/review.ts';
import { sessionRoutes } from './routes/session.ts';
import { uploadRoutes } from './routes/upload.ts';
import { FILE_TYPES } from './routes/upload-body.ts';

/**
 * Builds the server: every route behind login but the few that say `public`.
 *
 * @param page the folder of the built page
 */
export async function buildServer(
  context: Context,
  log: FastifyBaseLogger,
  page: string,
): Promise<FastifyInstance> {
  const pages = new Pages(page);
  const app = await buildBaseServer(context.config, log);
  await app.register(fastifyCookie, { secret: sessionKey(context.config.dataDir) });
  await app.register(fastifyMultipart);
  app.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', async (request, reply) => {
    try {
      context.guard.check(request, reply);
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const opens = isPage(request) || isBoard(request);
      if (error.kind === 'login_required' && opens) {
        return reply.redirect(loginFor(request), 303);
      }
      // A person reads a page, in their own language.
      if (error.kind === 'admins_only' && isBoard(request)) {
        return pages.show('index', reply.code(403));
      }
      // Sent rather than thrown: the board would make an answer of its own of it.
      return sendProblem(error, request, reply);
    }
  });
  await describeApi(app);
  for (const routes of ROUTES) await app.register(routes(context));
  await app.register(queuePage(context));
  await app.register(loginRoutes(context, pages));
  await app.register(dashboard(pages, page));
  return app;
}

/** The login, which knows where to go afterwards. */
const loginFor = ({ url }: FastifyRequest): string =>
  url === '/' ? '/login' : `/login?next=${encodeURIComponent(url)}`;

const ROUTES = [
  healthRoutes,
  metricsRoutes,
  sessionRoutes,
  importRoutes,
  uploadRoutes,
  reviewRoutes,
  controlRoutes,
  pairRoutes,
  resultsRoutes,
  eventRoutes,
  portalRoutes,
];
