import { setTimeout as sleep } from 'node:timers/promises';

/** What another client of the same bucket got. */
export interface SecondClient {
  /** When each request that was let in was answered, milliseconds since 1970. */
  servedAt: readonly number[];
  refused: number;
}

/**
 * Another program on the same portal: small reads at a steady pace; a refused one is not repeated.
 *
 * @param perSecond requests per second, 0 for no client
 * @returns how to stop it, and then what it got
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
  const ask = async () => {
    const response = await fetch(`${webhookUrl}profile.json`).catch(() => undefined);
    await response?.arrayBuffer().catch(() => {});
    if (response?.ok) servedAt.push(Date.now());
    else refused += 1;
  };
  const asking = (async () => {
    for (let count = 0; running; count++) {
      const asked = ask().finally(() => open.delete(asked));
      open.add(asked);
      await sleep(Math.max(0, startedAt + ((count + 1) * 1_000) / perSecond - performance.now()));
    }
  })();
  return async () => {
    running = false;
    await asking;
    await Promise.all(open);
    return { servedAt, refused };
  };
}
