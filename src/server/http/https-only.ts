import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * Tells browsers that came over TLS to come over nothing else for a year (HSTS). Over HTTP nothing is
 * said: nobody may believe it, and it would shut out who has no TLS. Comes before all routes.
 *
 * @param withSubdomains for the subdomains of the page's host as well
 */
export function requireHttps(app: FastifyInstance, withSubdomains: boolean): void {
  const value = `max-age=${YEAR_SECONDS}${withSubdomains ? '; includeSubDomains' : ''}`;
  app.addHook('onRequest', async ({ protocol }, reply) => {
    if (protocol === 'https') reply.header('strict-transport-security', value);
  });
}
