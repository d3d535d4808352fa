import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems give connections and servers that name no port one from above: what is free here stays so,
 * unless somebody chooses the same.
 */
const FIRST = 20_000;
const BEYOND = 32_768;

/** @returns a port of the loopback that nobody listens on */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, BEYOND);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}
