import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { App } from '../app/open-app.ts';
import type { Config } from '../config/config.ts';
import { Guard } from './access/guard.ts';
import { LoginThrottle } from './access/login-throttle.ts';
import { buildBaseServer } from './base-server.ts';
import { listen, originOf } from './http/listen.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { ownMetricsRoutes } from './routes/metrics-routes.ts';

export interface WorkerServer extends AsyncDisposable {
  readonly http: FastifyInstance;
  readonly origin: string;
}

/**
 * Serves health, readiness and metrics of a process that serves nothing else. The metrics require a
 * token; there is no login. Limits and headers are those of the page.
 *
 * @throws Problem when the address is in use
 */
export async function openWorkerServer(
  app: App,
  config: Config,
  port: number,
  log: FastifyBaseLogger,
): Promise<WorkerServer> {
  const ending = new AbortController();
  const http = await buildBaseServer(config, log, ending.signal);
  const tokens = { admin: config.adminToken, viewer: config.viewerToken };
  const guard = new Guard(tokens, { find: () => undefined }, new LoginThrottle());
  http.addHook('onRequest', async (request, reply) => guard.check(request, reply));
  for (const routes of [healthRoutes, ownMetricsRoutes]) await http.register(routes({ app }));
  await listen(http, config.host, port);
  return {
    http,
    origin: originOf(http, config.host),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await http.close();
    },
  };
}
