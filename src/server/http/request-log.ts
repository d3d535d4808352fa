import type { FastifyInstance, FastifyRequest } from 'fastify';

const PROBES = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Logs every response with the request's id: changes as `info`, reads as `debug`. The log contains
 * the route instead of the address, which has the token of a login link or the names in a search.
 */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request;
    const level = PROBES.has(method) ? 'debug' : 'info';
    const what = { method, route: routeOptions.url ?? null, status: reply.statusCode };
    const ms = Math.round(reply.elapsedTime);
    request.log[level](
      { ...what, ms, who: caller?.role ?? null, ...importOf(request) },
      'answered',
    );
  });
}

function importOf({ params }: FastifyRequest): { importId?: number } {
  const id =
    params !== null && typeof params === 'object' && 'id' in params ? params.id : undefined;
  const importId = Number(id);
  return Number.isInteger(importId) ? { importId } : {};
}
