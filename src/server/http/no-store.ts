import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's own headers decide about caching. @default false */
    mayBeKept?: boolean;
  }
}

/**
 * Forbids browsers and proxies to cache a response: it is for one user, and outdated a second
 * later. Some proxies cache a `.csv` without this header, even if there is a cookie. Register it
 * before all routes.
 */
export function forbidCaching(app: FastifyInstance): void {
  app.addHook('onSend', async ({ routeOptions }, reply, payload) => {
    const mayBeKept = routeOptions.config?.mayBeKept === true && reply.statusCode < 400;
    if (!mayBeKept) reply.header('cache-control', 'no-store');
    return payload;
  });
}
