import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Metrics } from '../../telemetry/metrics.ts';
import { registerGauges } from '../metrics/gauges.ts';
import { readSnapshot } from '../metrics/snapshot.ts';
import type { ServerContext } from '../server-context.ts';
import { answer, problemsOnly, Text } from './answers.ts';

const EXPOSITION = answer('Prometheus text format', 'text/plain', Text);

/**
 * Metrics for Prometheus. They reveal how an organization works and which portal has problems, so
 * they require a token, as everything but health does: Prometheus sends VIEWER_TOKEN. Loopback is
 * no exception, because a proxy on the same machine would make them public.
 */
export const metricsRoutes =
  ({ app: parts, monitor }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const { registry } = parts.metrics;
    const setGauges = registerGauges(registry);
    expose(app, parts.metrics, async () => setGauges(await readSnapshot(parts, monitor)));
  };

/** Metrics of this process only; what other processes report as well would count twice. */
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
