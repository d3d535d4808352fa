import { tmpdir } from 'node:os';
import { startHarnessRedis } from '../../e2e/redis/redis-server.ts';

/** Largest number of open harnesses; the next one uses the first database again. */
const DATABASES = 1_000;

let server: ReturnType<typeof startHarnessRedis> | undefined;
let taken = 0;

/**
 * Starts the Redis that all harnesses of this test process share, unless it runs.
 *
 * @returns `REDIS_URL` of a database that no other harness uses
 */
export async function harnessDatabase(): Promise<string> {
  server ??= startHarnessRedis(tmpdir(), '--databases', String(DATABASES));
  const { protocol, host } = new URL((await server).url);
  taken += 1;
  return `${protocol}//${host}/${taken % DATABASES}`;
}
