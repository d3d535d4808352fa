import type { Clock } from './clock.ts';

/**
 * The latest moment for something, also after the process was suspended or the machine slept: the deadline is
 * over as soon as it is over by either clock, the monotonic one or the one that continues during sleep.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #now: number;
  readonly #monotonic: number;

  /** @param ms milliseconds from now */
  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#now = clock.now() + ms;
    this.#monotonic = clock.monotonic() + ms;
  }

  /** Milliseconds until then; 0 when it is over. */
  get leftMs(): number {
    const { now, monotonic } = this.#left();
    return Math.max(0, Math.min(now, monotonic));
  }

  get isOver(): boolean {
    return this.leftMs === 0;
  }

  #left() {
    return {
      now: this.#now - this.#clock.now(),
      monotonic: this.#monotonic - this.#clock.monotonic(),
    };
  }
}
