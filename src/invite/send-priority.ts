import { setImmediate, setTimeout } from 'node:timers/promises';

/** Longest wait for a step: a slow ledger or Redis must not keep an answer from being recorded, in milliseconds. */
const LONGEST_WAIT_MS = 20;
/** A request reserves, then it is marked in flight. */
const STEPS = 2;

const waitFor = (steps: Iterable<Promise<unknown>>): Promise<unknown> =>
  Promise.race([Promise.allSettled(steps), setTimeout(LONGEST_WAIT_MS)]);

/**
 * Lets requests that are about to leave go before the recording of answers: until they have left, a slot is idle.
 * Both need the same thread and the same ledger.
 */
export class SendPriority {
  readonly #leaving = new Set<Promise<unknown>>();

  /** Runs a step of a request that is about to leave. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const step = act();
    this.#leaving.add(step);
    try {
      return await step;
    } finally {
      this.#leaving.delete(step);
    }
  }

  /**
   * Resolves when the requests that can leave after `freed` have left, at the latest after 60 ms. Those after
   * them are not waited for.
   *
   * @param freed settles when the slot of the answered request is free
   */
  async afterLeaving(freed: Promise<unknown>): Promise<void> {
    await waitFor([freed]);
    for (let step = 0; step < STEPS; step++) {
      // A request that was notified of a free slot begins its next step within this turn of the event loop.
      await setImmediate();
      await waitFor(this.#leaving);
    }
  }
}
