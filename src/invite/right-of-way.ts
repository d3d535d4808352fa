import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets requests that are about to leave go before the books of those that came back: the former
 * keep a part of the portal idle, the latter nobody. All of it happens on one thread.
 */
export class RightOfWay {
  #leaving = 0;
  #clear = Promise.withResolvers<void>();

  /** Does what brings a request on its way. */
  async first<T>(act: () => Promise<T>): Promise<T> {
    this.#leaving += 1;
    try {
      return await act();
    } finally {
      this.#leaving -= 1;
      if (this.#leaving === 0) {
        this.#clear.resolve();
        this.#clear = Promise.withResolvers();
      }
    }
  }

  /**
   * Resolves when `told` has, which lets requests leave, and none is about to any more; at the
   * latest after so many milliseconds, for what is known must be written down whatever happens.
   */
  async yield(told: Promise<unknown>, atMostMs: number): Promise<void> {
    const over = new AbortController();
    const latest = sleep(atMostMs, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([this.#untilClear(told), latest]);
    over.abort();
  }

  async #untilClear(told: Promise<unknown>): Promise<void> {
    await told.catch(() => {});
    do {
      if (this.#leaving > 0) await this.#clear.promise;
      // Whoever has just been told that it may leave says so within this turn of the event loop.
      await setImmediate();
    } while (this.#leaving > 0);
  }
}
