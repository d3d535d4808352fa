import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Config } from '../config/config.ts';
import { knowMethods } from './http/allowed-methods.ts';
import { endConnections } from './http/graceful-close.ts';
import { handleError, sendProblem } from './http/http-problem.ts';
import { requireHttps } from './http/https-only.ts';
import { readJson } from './http/json-body.ts';
import { MALFORMED_ANSWERS, MALFORMED_HTTP, refuseMalformed } from './http/malformed.ts';
import { forbidCaching } from './http/no-store.ts';
import { PAGE_POLICY } from './http/page-policy.ts';
import { logAnswers } from './http/request-log.ts';
import { cutSlowBodies } from './http/slow-upload-guard.ts';
import { validatorCompiler } from './http/validate.ts';

/** JSON that people send is short. */
const BODY_BYTES = 200_000;
/** What stands before a body is shorter; who sends more, or slowly, is refused by Node itself. */
const HEAD = { maxHeaderSize: 16_384, headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };
const HEADERS = 100;

/**
 * Builds a server without routes, with what holds for every answer of every process: limits, headers
 * and problems. Routes, and who may ask for them, come after it.
 *
 * @param ending aborted when the server is about to end
 */
export async function buildBaseServer(
  { trustProxy, hstsSubdomains }: Pick<Config, 'trustProxy' | 'hstsSubdomains'>,
  log: FastifyBaseLogger,
  ending: AbortSignal,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    // Of its own, so that it can be silent while others are not.
    loggerInstance: log.child({}),
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
    // Said over TLS only.
    strictTransportSecurity: false,
  });
  return app;
}
