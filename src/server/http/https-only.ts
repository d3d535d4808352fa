import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * Restricts browsers that connect over TLS to TLS for a year (HSTS). Over HTTP nothing is sent:
 * browsers must ignore the header there, and it would lock out users without TLS. Register it
 * before all routes.
 *
 * @param withSubdomains whether this applies to the subdomains of the page's host as well
 */
export function requireHttps(app: FastifyInstance, withSubdomains: boolean): void {
  const value = `max-age=${YEAR_SECONDS}${withSubdomains ? '; includeSubDomains' : ''}`;
  app.addHook('onRequest', async ({ protocol }, reply) => {
    if (protocol === 'https') reply.header('strict-transport-security', value);
  });
}
