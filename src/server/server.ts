import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { cookieName } from './access/session-cookie.ts';
import { sessionKey } from './access/session-key.ts';
import type { Context } from './context.ts';
import { endConnections } from './end-connections.ts';
import { logAnswers } from './log-answers.ts';
import { MALFORMED_ANSWERS, MALFORMED_HTTP, refuseMalformed } from './malformed.ts';
import { knowMethods } from './methods.ts';
import { describeApi } from './openapi.ts';
import { PAGE_POLICY } from './page-policy.ts';
import { Pages } from './pages.ts';
import { HttpProblem, handleError, sendProblem } from './problem.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { controlRoutes } from './routes/control.ts';
import { dashboard, isPage } from './routes/dashboard.ts';
import { doctorRoutes } from './routes/doctor.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pairRoutes } from './routes/pairs.ts';
import { portalRoutes } from './routes/portal.ts';
import { isBoard, queuePage } from './routes/queue-page.ts';
import { rereadRoutes } from './routes/reread.ts';
import { resultsRoutes } from './routes/results.ts';
import { reviewRoutes } from './routes/review.ts';
import { sessionRoutes } from './routes/session.ts';
import { uploadRoutes } from './routes/upload.ts';
import { cutSlowBodies } from './slow-bodies.ts';
import { validatorCompiler } from './validate.ts';

/** JSON that people send is short. */
const BODY_BYTES = 200_000;
/** What stands before a body is shorter; who sends more, or slowly, is refused by Node itself. */
const HEAD = { maxHeaderSize: 16_384, headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };
const HEADERS = 100;

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
  const { trustProxy } = context.config;
  const pages = new Pages(page);
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    http: { ...HEAD, ...MALFORMED_HTTP },
    trustProxy: trustProxy === undefined ? false : [...trustProxy],
    ...MALFORMED_ANSWERS,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => sendProblem(app.notHere(request), request, reply));
  // JSON is all that is read of a body; whoever takes something else says so.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('caller', null);
  app.server.maxHeadersCount = HEADERS;
  endConnections(app);
  refuseMalformed(app, context.ending);
  knowMethods(app);
  refuseUnknown(app);
  cutSlowBodies(app);
  logAnswers(app);
  await app.register(fastifyCookie, { secret: sessionKey(context.config.dataDir) });
  await app.register(fastifyHelmet, { contentSecurityPolicy: PAGE_POLICY, enableCSPNonces: true });
  app.addHook('onRequest', async (request, reply) => {
    try {
      context.guard.check(request, reply);
      // Before a body is read that nobody wants.
      if (request.is404) return sendProblem(app.notHere(request), request, reply);
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
  await describeApi(app, cookieName(context.config.port));
  for (const routes of ROUTES) await app.register(routes(context));
  await app.register(queuePage(context));
  await app.register(dashboard(context, pages, page));
  return app;
}

/**
 * The login, which knows where to go afterwards. Seen from the page that was asked for: behind a proxy
 * that serves the page below a path, where it cannot work, its own page says so and not somebody else's.
 */
function loginFor({ url }: FastifyRequest): string {
  const [path = ''] = url.split('?');
  const login = `${'../'.repeat(path.split('/').length - 2)}login`;
  return url === '/' ? login : `${login}?next=${encodeURIComponent(url)}`;
}

const ROUTES = [
  healthRoutes,
  metricsRoutes,
  sessionRoutes,
  importRoutes,
  uploadRoutes,
  rereadRoutes,
  reviewRoutes,
  controlRoutes,
  pairRoutes,
  resultsRoutes,
  eventRoutes,
  portalRoutes,
  doctorRoutes,
];
