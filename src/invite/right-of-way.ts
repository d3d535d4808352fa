import { setImmediate } from 'node:timers/promises';

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

  /** Resolves when no request is about to leave. */
  async yield(): Promise<void> {
    do {
      if (this.#leaving > 0) await this.#clear.promise;
      // Whoever has just been told that it may leave says so within this turn of the event loop.
      await setImmediate();
    } while (this.#leaving > 0);
  }
}
