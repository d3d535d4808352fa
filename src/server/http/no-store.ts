import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Others may keep what the route answers, as it says itself. @default false */
    mayBeKept?: boolean;
  }
}

/**
 * Forbids browsers and proxies to keep an answer: it is for whoever asked, and old a second later. Some
 * proxies keep a `.csv` unless it says so, whatever the cookie. Comes before all routes.
 */
export function forbidCaching(app: FastifyInstance): void {
  app.addHook('onSend', async ({ routeOptions }, reply, payload) => {
    const mayBeKept = routeOptions.config?.mayBeKept === true && reply.statusCode < 400;
    if (!mayBeKept) reply.header('cache-control', 'no-store');
    return payload;
  });
}
