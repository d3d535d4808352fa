import type { FastifyInstance } from 'fastify';

/** How fast a body must come. */
export interface BodyPace {
  /** It is looked at so often, in milliseconds. */
  everyMs: number;
  /** Fewer bytes a second than this, from one look to the next, and it is cut off. */
  bytesPerSecond: number;
}

/** The worst line that a person works with is many times faster. */
const PACE: BodyPace = { everyMs: 30_000, bytesPerSecond: 100 };

/**
 * Cuts off whoever sends a body so slowly that it is meant to hold a connection. A limit for the whole
 * of it would cut off large files as well. Comes before all routes.
 */
export function cutSlowBodies(app: FastifyInstance, { everyMs, bytesPerSecond }: BodyPace = PACE) {
  const least = (bytesPerSecond * everyMs) / 1_000;
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.complete || !hasBody(raw.headers)) return;
    let before = raw.socket.bytesRead;
    const timer = setInterval(() => {
      const now = raw.socket.bytesRead;
      // What waits here to be read is our own delay.
      const isOurs = raw.readableLength > 0;
      if (!raw.complete && !isOurs && now - before < least) raw.destroy();
      before = now;
    }, everyMs);
    timer.unref();
    raw.once('close', () => clearInterval(timer));
  });
}

const hasBody = (headers: NodeJS.Dict<string | string[]>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
