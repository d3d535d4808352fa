import { setTimeout as sleep } from 'node:timers/promises';

/** The time as a use case needs it; tests have one that they set. */
export interface Clock {
  /** Milliseconds since 1970. People and machines may set it back or forward. */
  now(): number;
  /** Milliseconds since some moment. It never goes back; a machine that sleeps may stop it. */
  monotonic(): number;
  /** Resolves after so many milliseconds, or as soon as the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => {}),
};

/** By so much the two may drift apart without anybody's doing, in milliseconds. */
const DRIFT_MS = 5_000;

const offsetOf = (clock: Clock): number => clock.now() - clock.monotonic();

/** @returns whether the clock was set back since this was called */
export function watchSetBack(clock: Clock): () => boolean {
  const before = offsetOf(clock);
  return () => offsetOf(clock) < before - DRIFT_MS;
}

/** @returns whether the machine slept since this was called, or its clock was set */
export function watchParting(clock: Clock): () => boolean {
  const before = offsetOf(clock);
  return () => Math.abs(offsetOf(clock) - before) > DRIFT_MS;
}

/**
 * Notices that a clock was set forward, by the one that never goes back: what looks over by it may not
 * be. Also a machine that slept looks like that.
 */
export class ForwardWatch {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #offset: number | undefined;
  #until = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /**
   * @param nowMs of the clock that may be set
   * @param forMs how long what was noticed counts, in milliseconds
   * @returns whether it was set forward since it was looked at first, less than `forMs` ago
   */
  observe(nowMs: number, forMs: number): boolean {
    const now = this.#clock.monotonic();
    const offset = nowMs - now;
    if (this.#offset !== undefined && offset > this.#offset + DRIFT_MS) this.#until = now + forMs;
    this.#offset = offset;
    return now < this.#until;
  }
}
