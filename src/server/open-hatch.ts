import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { Attempts } from './access/attempts.ts';
import { Guard } from './access/guard.ts';
import { endConnections } from './end-connections.ts';
import { listen, originOf } from './listen.ts';
import { logAnswers } from './log-answers.ts';
import { handleError, nothingHere, sendProblem } from './problem.ts';
import { healthRoutes } from './routes/health.ts';
import { ownMetricsRoutes } from './routes/metrics.ts';

/** Where a worker can be looked at. */
export interface Hatch extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Opens health, readiness and metrics of a process that serves nothing else. Whoever has a token may
 * see the metrics; nobody can log in.
 *
 * @throws Problem when the address is taken
 */
export async function openHatch(
  app: App,
  config: Config,
  port: number,
  log: FastifyBaseLogger,
): Promise<Hatch> {
  const http: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
  });
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler(handleError);
  http.setNotFoundHandler((request, reply) => sendProblem(nothingHere(), request, reply));
  http.decorateRequest('caller', null);
  endConnections(http);
  logAnswers(http);
  const tokens = { admin: config.adminToken, viewer: config.viewerToken };
  const guard = new Guard(tokens, { find: () => undefined }, new Attempts());
  http.addHook('onRequest', async (request, reply) => guard.check(request, reply));
  for (const routes of [healthRoutes, ownMetricsRoutes]) await http.register(routes({ app }));
  await listen(http, config.host, port);
  return {
    origin: originOf(http, config.host),
    [Symbol.asyncDispose]: () => http.close(),
  };
}
