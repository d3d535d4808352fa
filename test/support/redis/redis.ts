import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../src/redis/connection.ts';
import { startPrivateRedis } from '../../../src/redis/embedded/embedded-redis.ts';

/** A real Redis for one test file. */
export interface TestRedis {
  /** Path of the server's socket. */
  readonly socketPath: string;
  /** A connection for all commands that do not block. */
  readonly redis: Redis;
  /** Opens another connection; `dispose` closes it. */
  connect(): Promise<Redis>;
  /** Closes the connections, stops the server and removes its folder. */
  dispose(): Promise<void>;
}

/**
 * Starts a private Redis in a temporary folder.
 *
 * @example
 * let server: TestRedis;
 * beforeAll(async () => { server = await startRedis(); });
 * afterAll(() => server.dispose());
 */
export async function startRedis(): Promise<TestRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'bulk-invite-redis-'));
  const connections: Redis[] = [];
  let close = async () => {};
  const dispose = async () => {
    for (const connection of connections) connection.disconnect();
    await close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const server = await startPrivateRedis({ directory });
    close = server.close;
    const { socketPath } = server;
    const connect = async () => {
      const connection = await connectRedis({ kind: 'socket', path: socketPath });
      connections.push(connection);
      return connection;
    };
    return { socketPath, redis: await connect(), connect, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
