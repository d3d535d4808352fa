import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { Gauges } from '../metrics/gauges.ts';
import { readStanding } from '../metrics/standing.ts';
import { problemsOnly } from './answers.ts';

/** Made elsewhere; no schema looks at it. */
const Exposition = z.any().describe('Prometheus text format');

/**
 * Figures for Prometheus. They tell how an office works and which portal is in trouble, so that
 * whoever asks needs a token, as for everything but health: Prometheus sends VIEWER_TOKEN. Loopback
 * is no exception, since a proxy on the same machine would open it to the world.
 */
export const metricsRoutes =
  ({ app: parts, config, watch }: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const { registry } = parts.metrics;
    parts.metrics.watchProcess();
    const gauges = new Gauges(registry, config);
    app.get(
      '/metrics',
      { schema: { response: { 200: Exposition, ...problemsOnly } } },
      async (_, reply) => {
        gauges.show(await readStanding(parts, watch));
        return reply.type(registry.contentType).send(await registry.metrics());
      },
    );
  };
