import type { FastifyInstance } from 'fastify';

/** How long what is under way may take when the server ends, in milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Lets the answers that are under way end before the server does, and nothing else: a browser opens
 * connections before it needs them, and Node would wait for those as well. Comes before all routes.
 */
export function endConnections(app: FastifyInstance): void {
  let underWay = 0;
  let ended = () => {};
  app.addHook('onRequest', async (_, { raw }) => {
    underWay += 1;
    // Comes also when the client has gone.
    raw.once('close', () => {
      underWay -= 1;
      if (underWay === 0) ended();
    });
  });
  app.addHook('preClose', async () => {
    if (underWay > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      ended = resolve;
      const timer = setTimeout(resolve, TIMEOUT_MS);
      await promise;
      clearTimeout(timer);
    }
    app.server.closeAllConnections();
  });
}
