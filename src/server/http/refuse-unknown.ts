import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NoFields } from '../schemas/upload-schema.ts';

const NO_QUERY = z.strictObject({});

/**
 * Makes every API route refuse query parameters and fields that its schema does not contain:
 * otherwise a mistyped one would be ignored silently. Outside `/api/` unknown parameters are
 * ignored: probes of `/healthz` and `/metrics` add some to bypass caches. Register it before all
 * routes.
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
