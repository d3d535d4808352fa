import type { Clock } from '../../src/domain/time/clock.ts';

/**
 * A clock on which time passes only when somebody sleeps, or the test says so; and as it passes, where
 * something that is compared with it, as a server, has a clock of its own.
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

  /** Seconds since 1970, as the sandbox takes them. */
  readonly nowSeconds = (): number => this.now() / 1_000;

  monotonic(): number {
    return this.#monotonic + this.#passed();
  }

  /** Lets so many milliseconds pass. */
  pass(ms: number): void {
    this.#now += ms;
    this.#monotonic += ms;
  }

  /** Sets the clock without letting time pass. */
  set(now: number): void {
    this.#now = now - this.#passed();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.pass(ms);
    // Others have a turn, as they would in a real pause.
    await new Promise(setImmediate);
  }
}
