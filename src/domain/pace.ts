/** How far back the rate looks, in milliseconds. */
const WINDOW_MS = 20_000;

/** Follows how fast pairs are settled. */
export class Pace {
  readonly #samples: { at: number; settled: number }[] = [];

  /**
   * Notes how many pairs are settled by now.
   *
   * @param at milliseconds, of any clock that does not run backwards
   */
  note(at: number, settled: number): void {
    this.#samples.push({ at, settled });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) {
      this.#samples.shift();
    }
  }

  /** Pairs per second over the last seconds. */
  get rate(): number {
    const first = this.#samples.at(0);
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    // A retry takes outcomes back; that is no pace.
    return Math.max(0, ((last.settled - first.settled) / (last.at - first.at)) * 1_000);
  }

  /** @returns seconds until so many pairs are settled, or undefined when nothing moves */
  secondsLeft(pending: number): number | undefined {
    return this.rate > 0 ? pending / this.rate : undefined;
  }
}
