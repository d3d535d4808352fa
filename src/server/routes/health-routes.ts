import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { VERSION } from '../../platform/version.ts';
import { within } from '../../platform/with-timeout.ts';
import type { RedisProblemKind } from '../../redis/redis-refusal.ts';
import { Health, Readiness } from '../schemas/health-schema.ts';
import type { ServerContext } from '../server-context.ts';

const TIMEOUT_MS = 1_000;
/** Reuse of a result of the public route, in milliseconds: a check writes to the ledger. */
const FRESH_MS = 500;

/** The reported state of a Redis with a problem. */
const REDIS = {
  away: 'failed',
  cluster: 'failed',
  full: 'full',
  read_only: 'read_only',
  denied: 'denied',
} as const satisfies Record<RedisProblemKind, Readiness['redis']>;

/** Whether the program is alive, and whether it is ready to work. */
export const healthRoutes =
  ({
    app: { isLedgerUsable, redisCondition },
  }: Pick<ServerContext, 'app'>): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: 'public', mayBeKept: true } as const;
    let last: { at: number; readiness: Promise<Readiness> } | undefined;

    const probe = async (): Promise<Readiness> => {
      // One after the other: SQLite, waiting for a lock, blocks the reading of the answer of Redis.
      const problem = await redisCondition.probe(TIMEOUT_MS);
      const usable = await within(isLedgerUsable(), TIMEOUT_MS);
      const ledger = usable === true ? 'ok' : 'failed';
      const redis = problem === undefined ? 'ok' : REDIS[problem.kind];
      const status = ledger === 'ok' && redis === 'ok' ? 'ok' : 'not_ready';
      return { status, ledger, redis };
    };

    app.get('/healthz', { config, schema: { response: { 200: Health } } }, async () => ({
      status: 'ok' as const,
      version: VERSION,
    }));

    app.get(
      '/readyz',
      { config, schema: { response: { 200: Readiness, 503: Readiness } } },
      async (_, reply) => {
        const now = performance.now();
        if (last === undefined || now - last.at > FRESH_MS) last = { at: now, readiness: probe() };
        const readiness = await last.readiness;
        return reply.code(readiness.status === 'ok' ? 200 : 503).send(readiness);
      },
    );
  };
