import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NoFields } from '../schemas/upload-schema.ts';

const NO_QUERY = z.strictObject({});

/**
 * Has every route of the API refuse query parameters and fields that it says nothing of: what is mistyped
 * would be left undone without a word. Outside `/api/` unknown parameters are left alone: probes of
 * `/healthz` and `/metrics` add some against caches. Comes before all routes.
 */
export function refuseUnknown(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/')) return;
    const takesJson = route.method === 'POST' && route.config?.takes === undefined;
    route.schema = {
      querystring: NO_QUERY,
      ...(takesJson && { body: NoFields }),
      ...route.schema,
    };
  });
}
