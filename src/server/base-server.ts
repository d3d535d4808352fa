import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Config } from '../config/config.ts';
import { knowMethods } from './http/allowed-methods.ts';
import { belowBase } from './http/base-path.ts';
import { endConnections } from './http/graceful-close.ts';
import { handleError, sendProblem } from './http/http-problem.ts';
import { requireHttps } from './http/https-only.ts';
import { readJson } from './http/json-body.ts';
import { MALFORMED_ANSWERS, MALFORMED_HTTP, refuseMalformed } from './http/malformed.ts';
import { forbidCaching } from './http/no-store.ts';
import { logAnswers } from './http/request-log.ts';
import { pathOf } from './http/request-path.ts';
import { cutSlowBodies } from './http/slow-upload-guard.ts';
import { validatorCompiler } from './http/validate.ts';
import { PAGE_POLICY } from './pages/page-policy.ts';

/** Limit of JSON bodies, in bytes. */
const BODY_BYTES = 200_000;
/** Limits of the request head, in bytes and milliseconds; Node refuses a longer or slower one. */
const HEAD = { maxHeaderSize: 16_384, headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };
const HEADERS = 100;

/**
 * Builds a server without routes, with everything that applies to all responses of all processes:
 * limits, headers and problem details. The caller adds the routes and their access rules.
 *
 * @param ending aborted when the server is about to stop
 * @param basePath as in `Config`; routes do not contain it. @default none
 */
export async function buildBaseServer(
  { trustProxy, hstsSubdomains }: Pick<Config, 'trustProxy' | 'hstsSubdomains'>,
  log: FastifyBaseLogger,
  ending: AbortSignal,
  basePath = '',
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    // A separate logger, so that it can be silenced alone.
    loggerInstance: log.child({}),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    http: { ...HEAD, ...MALFORMED_HTTP },
    trustProxy: trustProxy === undefined ? false : [...trustProxy],
    // `refuseOutside` refuses what is outside.
    rewriteUrl: ({ url = '/' }) => belowBase(url, basePath) ?? pathOf(url),
    ...MALFORMED_ANSWERS,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => sendProblem(app.notHere(request), request, reply));
  // Bodies are read as JSON only; a route that accepts another type adds a parser.
  app.removeContentTypeParser('text/plain');
  readJson(app);
  app.decorateRequest('caller', null);
  app.server.maxHeadersCount = HEADERS;
  endConnections(app);
  refuseMalformed(app, ending);
  knowMethods(app);
  cutSlowBodies(app);
  logAnswers(app);
  forbidCaching(app);
  requireHttps(app, hstsSubdomains);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: PAGE_POLICY,
    enableCSPNonces: true,
    // `requireHttps` sends it, over TLS only.
    strictTransportSecurity: false,
  });
  return app;
}
