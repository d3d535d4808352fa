import { setTimeout as sleep } from 'node:timers/promises';

/** Result of another client of the same bucket. */
export interface SecondClient {
  /** Times of the answers to accepted requests, in milliseconds since 1970. */
  servedAt: readonly number[];
  refused: number;
}

/**
 * Simulates another program on the same portal: small reads at a steady pace; a refused one is not repeated.
 *
 * @param perSecond requests per second, 0 for no client
 * @returns a function that stops the client and resolves with its result
 */
export function startSecondClient(
  webhookUrl: string,
  perSecond: number,
): () => Promise<SecondClient> {
  const startedAt = performance.now();
  const open = new Set<Promise<void>>();
  const servedAt: number[] = [];
  let refused = 0;
  let running = perSecond > 0;
  const request = async () => {
    const response = await fetch(`${webhookUrl}profile.json`).catch(() => undefined);
    await response?.arrayBuffer().catch(() => {});
    if (response?.ok) servedAt.push(Date.now());
    else refused += 1;
  };
  const requesting = (async () => {
    for (let count = 0; running; count++) {
      const sent = request().finally(() => open.delete(sent));
      open.add(sent);
      await sleep(Math.max(0, startedAt + ((count + 1) * 1_000) / perSecond - performance.now()));
    }
  })();
  return async () => {
    running = false;
    await requesting;
    await Promise.all(open);
    return { servedAt, refused };
  };
}
