import type { FastifyInstance } from 'fastify';

export interface BodyPace {
  /** Interval between checks, in milliseconds. */
  everyMs: number;
  /** A body that is slower than this between two checks is cut off. */
  bytesPerSecond: number;
}

/** The slowest connection in practical use is many times faster. */
const PACE: BodyPace = { everyMs: 30_000, bytesPerSecond: 100 };

/**
 * Cuts off a client that sends a body so slowly that it only holds the connection. A limit for the
 * whole body would cut off large files as well. Register it before all routes.
 */
export function cutSlowBodies(app: FastifyInstance, { everyMs, bytesPerSecond }: BodyPace = PACE) {
  const least = (bytesPerSecond * everyMs) / 1_000;
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.complete || !hasBody(raw.headers)) return;
    let before = raw.socket.bytesRead;
    const timer = setInterval(() => {
      const now = raw.socket.bytesRead;
      // Data that is not read yet means that the delay is on this side.
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
