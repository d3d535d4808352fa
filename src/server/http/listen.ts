import type { FastifyInstance } from 'fastify';
import { problem } from '../../messages/problems.ts';

/**
 * Starts to listen.
 *
 * @throws Problem when the address cannot be used
 */
export async function listen(http: FastifyInstance, host: string, port: number): Promise<void> {
  const { level } = http.log;
  try {
    // The caller prints the address; Fastify would also log it as JSON.
    http.log.level = 'silent';
    await http.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') {
      throw problem('port_used', { host, port }, { cause });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
      throw problem('host_unusable', { host, port, said: code }, { cause });
    }
    throw cause;
  } finally {
    http.log.level = level;
  }
}

/** @returns the origin of a listening server. @example http://127.0.0.1:3000 */
export function originOf(http: FastifyInstance, host: string): string {
  const address = http.server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return originAt(host, port);
}

/** @returns the origin of a server on this host and port. @example http://127.0.0.1:3000 */
export function originAt(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
