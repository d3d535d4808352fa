import type { Clock } from '../../src/domain/time/clock.ts';

/**
 * A clock that advances only on `sleep` and `pass`. With `passes` it advances in real time as well, for
 * tests that compare it with the clock of a server.
 */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 0;
  readonly #passed: () => number;

  constructor(now = Date.parse('2026-03-01T10:00:00Z'), { passes = false } = {}) {
    this.#now = now;
    const began = performance.now();
    this.#passed = () => (passes ? performance.now() - began : 0);
  }

  readonly now = (): number => Math.round(this.#now + this.#passed());

  /** Seconds since 1970, for the sandbox. */
  readonly nowSeconds = (): number => this.now() / 1_000;

  monotonic(): number {
    return this.#monotonic + this.#passed();
  }

  /** Advances the clock by `ms` milliseconds. */
  pass(ms: number): void {
    this.#now += ms;
    this.#monotonic += ms;
  }

  /** Sets the clock without advancing the monotonic time. */
  set(now: number): void {
    this.#now = now - this.#passed();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.pass(ms);
    // Lets other tasks run, as a real pause does.
    await new Promise(setImmediate);
  }
}
