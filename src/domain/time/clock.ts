import { setTimeout as sleep } from 'node:timers/promises';

/** The time for a use case; tests use a clock that they set. */
export interface Clock {
  /** Milliseconds since 1970. People and machines can set it back or forward. */
  now(): number;
  /** Milliseconds since an arbitrary moment. It never goes back; it can stop while the machine sleeps. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => {}),
};

/** Largest drift between the two clocks that is no change of either, in milliseconds. */
const DRIFT_MS = 5_000;

const offsetOf = (clock: Clock): number => clock.now() - clock.monotonic();

/** @returns a function that returns whether the clock was set back since this call */
export function watchSetBack(clock: Clock): () => boolean {
  const before = offsetOf(clock);
  return () => offsetOf(clock) < before - DRIFT_MS;
}

/** @returns a function that returns whether the machine slept, or its clock was set, since this call */
export function watchParting(clock: Clock): () => boolean {
  const before = offsetOf(clock);
  return () => Math.abs(offsetOf(clock) - before) > DRIFT_MS;
}

/**
 * Detects that a clock was set forward, by comparing it with the monotonic one: a time that looks past by that
 * clock may not be. A machine that slept looks the same.
 */
export class ForwardWatch {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #offset: number | undefined;
  #until = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /**
   * @param nowMs time of the clock that can be set, in milliseconds
   * @param forMs how long a detected change counts, in milliseconds
   * @returns whether a change forward was detected less than `forMs` ago; the first call detects none
   */
  observe(nowMs: number, forMs: number): boolean {
    const now = this.#clock.monotonic();
    const offset = nowMs - now;
    if (this.#offset !== undefined && offset > this.#offset + DRIFT_MS) this.#until = now + forMs;
    this.#offset = offset;
    return now < this.#until;
  }
}
