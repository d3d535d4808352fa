import type { Problem } from '../../domain/errors/problem.ts';
import { type PrivateRedis, startPrivateRedis } from './embedded-redis.ts';

/** A private Redis that is started again whenever it ends by itself. */
export interface KeptRedis {
  readonly socketPath: string;
  close(): Promise<void>;
}

/**
 * Starts a private Redis and keeps it running: connections to its socket find the same data again.
 *
 * @param onEnd called each time it ended by itself
 * @param onLost called when it cannot be started again
 * @throws Problem when it cannot be started at first
 */
export async function keepPrivateRedis(
  directory: string,
  onEnd: (problem: Problem) => void,
  onLost: (error: unknown) => void,
): Promise<KeptRedis> {
  let server = await startPrivateRedis({ directory });
  let closing = false;
  let restarting = Promise.resolve();
  const watch = ({ ended }: PrivateRedis): void => {
    void ended.then((problem: Problem) => {
      onEnd(problem);
      if (!closing) restarting = restart().catch(onLost);
    });
  };
  const restart = async (): Promise<void> => {
    server = await startPrivateRedis({ directory });
    watch(server);
  };
  watch(server);
  const { socketPath } = server;
  return {
    socketPath,
    async close() {
      closing = true;
      await restarting;
      await server.close();
    },
  };
}
