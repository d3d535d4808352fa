import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Metrics } from '../../telemetry/metrics.ts';
import { Gauges } from '../metrics/gauges.ts';
import { readStanding } from '../metrics/snapshot.ts';
import type { ServerContext } from '../server-context.ts';
import { answer, problemsOnly, Text } from './answers.ts';

const EXPOSITION = answer('Prometheus text format', 'text/plain', Text);

/**
 * Figures for Prometheus. They tell how an office works and which portal is in trouble, so that
 * whoever asks needs a token, as for everything but health: Prometheus sends VIEWER_TOKEN. Loopback
 * is no exception, since a proxy on the same machine would open it to the world.
 */
export const metricsRoutes =
  ({ app: parts, config, monitor }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const { registry } = parts.metrics;
    const gauges = new Gauges(registry, config);
    expose(app, parts.metrics, async () => gauges.show(await readStanding(parts, monitor)));
  };

/** What one process has done, and nothing that others tell as well: it would count twice. */
export const ownMetricsRoutes =
  ({ app: { metrics } }: Pick<ServerContext, 'app'>): FastifyPluginAsyncZod =>
  async (app) =>
    expose(app, metrics, async () => {});

function expose(
  app: Parameters<FastifyPluginAsyncZod>[0],
  metrics: Metrics,
  before: () => Promise<void>,
): void {
  const { registry } = metrics;
  metrics.watchProcess();
  app.get(
    '/metrics',
    { schema: { response: { 200: EXPOSITION, ...problemsOnly } } },
    async (_, reply) => {
      await before();
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}
