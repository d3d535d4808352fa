import type { FastifyInstance } from 'fastify';

/** Longest wait for requests in progress when the server stops, in milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Waits for requests in progress before the server stops, and for nothing else: a browser opens
 * connections in advance, and Node would wait for those as well. Register it before all routes.
 */
export function endConnections(app: FastifyInstance): void {
  let underWay = 0;
  let ended = () => {};
  app.addHook('onRequest', async (_, { raw }) => {
    underWay += 1;
    // Also emitted when the client has disconnected.
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
