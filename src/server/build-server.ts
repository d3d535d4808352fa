import fastifyCookie from '@fastify/cookie';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { cookieName } from './access/session-cookie.ts';
import { sessionKey } from './access/session-key.ts';
import { buildBaseServer } from './base-server.ts';
import { refuseOutside } from './http/base-path.ts';
import { HttpProblem, sendProblem } from './http/http-problem.ts';
import { refuseUnknown } from './http/refuse-unknown.ts';
import { describeApi } from './openapi.ts';
import { Pages } from './pages/page-files.ts';
import { dashboardRoutes, isPage } from './routes/dashboard-routes.ts';
import { doctorRoutes } from './routes/doctor-routes.ts';
import { editRoutes } from './routes/edit-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { importActionRoutes } from './routes/import-action-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { keepRoutes } from './routes/keep-routes.ts';
import { loginRoutes } from './routes/login-routes.ts';
import { metricsRoutes } from './routes/metrics-routes.ts';
import { pairRoutes } from './routes/pair-routes.ts';
import { portalRoutes } from './routes/portal-routes.ts';
import { isBoard, queueRoutes } from './routes/queue-routes.ts';
import { rereadRoutes } from './routes/reread-routes.ts';
import { resultsRoutes } from './routes/results-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { sampleRoutes } from './routes/sample-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Builds the server. Every route requires a login, except those marked `public`.
 *
 * @param page the folder of the built page
 */
export async function buildServer(
  context: ServerContext,
  log: FastifyBaseLogger,
  page: string,
): Promise<FastifyInstance> {
  const { basePath, port, dataDir } = context.config;
  const pages = new Pages(page, basePath);
  const app = await buildBaseServer(context.config, log, context.ending, basePath);
  refuseUnknown(app);
  refuseOutside(app, basePath);
  await app.register(fastifyCookie, { secret: sessionKey(dataDir) });
  app.addHook('onRequest', async (request, reply) => {
    try {
      context.guard.check(request, reply);
      // Before a body is read that no route accepts.
      if (request.is404) return sendProblem(app.notHere(request), request, reply);
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const opens = isPage(request) || isBoard(request);
      if (error.kind === 'login_required' && opens) {
        return reply.redirect(loginFor(request, basePath), 303);
      }
      // A browser gets a page, in the user's language.
      if (error.kind === 'admins_only' && isBoard(request)) {
        return pages.show('index', reply.code(403));
      }
      // Sent, not thrown: the board would replace a thrown error by its own response.
      return sendProblem(error, request, reply);
    }
  });
  await describeApi(app, cookieName(port), basePath);
  for (const routes of ROUTES) await app.register(routes(context));
  await app.register(queueRoutes(context));
  await app.register(loginRoutes(context, pages, basePath));
  await app.register(dashboardRoutes(pages, page));
  return app;
}

/**
 * The address of the login page, with the page to open afterwards. Without a base path it is
 * relative to the requested page: behind a proxy that adds a path, the browser gets this program's
 * page that explains what to set, and not a page of another program.
 */
function loginFor({ url }: FastifyRequest, basePath: string): string {
  const [path = ''] = url.split('?');
  const root = basePath === '' ? '../'.repeat(path.split('/').length - 2) : `${basePath}/`;
  const login = `${root}login`;
  return url === '/' ? login : `${login}?next=${encodeURIComponent(url)}`;
}

const ROUTES = [
  healthRoutes,
  metricsRoutes,
  sessionRoutes,
  importRoutes,
  uploadRoutes,
  rereadRoutes,
  editRoutes,
  reviewRoutes,
  importActionRoutes,
  keepRoutes,
  pairRoutes,
  resultsRoutes,
  sampleRoutes,
  eventRoutes,
  portalRoutes,
  doctorRoutes,
];
