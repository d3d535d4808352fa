import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ledgerId } from '../../ledger/identity.ts';
import { VERSION } from '../../version.ts';
import type { Context } from '../context.ts';
import { within } from '../live/within.ts';
import { Health, Readiness } from '../schemas/health.ts';

const PATIENCE_MS = 1_000;

/** Whether the program is alive, and whether it could do its work. */
export const healthRoutes =
  ({ app: { db, queue } }: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: 'public' } as const;

    app.get('/healthz', { config, schema: { response: { 200: Health } } }, async () => ({
      status: 'ok' as const,
      version: VERSION,
    }));

    app.get(
      '/readyz',
      { config, schema: { response: { 200: Readiness, 503: Readiness } } },
      async (_, reply) => {
        const ledger = await within(ledgerId(db), PATIENCE_MS);
        const redis = await within(queue.countJobs(), PATIENCE_MS);
        const parts = {
          ledger: ledger === undefined ? ('failed' as const) : ('ok' as const),
          redis: redis === undefined ? ('failed' as const) : ('ok' as const),
        };
        const isReady = ledger !== undefined && redis !== undefined;
        return reply
          .code(isReady ? 200 : 503)
          .send({ status: isReady ? 'ok' : 'not_ready', ...parts });
      },
    );
  };
