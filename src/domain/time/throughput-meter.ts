import type { StoredImportState } from '../imports/import.ts';
import type { Outcome, Tally } from '../pairs/outcome.ts';

/** Outcomes that take no work: they come from the file, or from a user who cancels. */
const NOT_WORKED_ON: readonly Outcome[] = ['pending', 'rejected', 'duplicate', 'cancelled'];

/** Length of the window for the rate, in milliseconds. */
const WINDOW_MS = 20_000;

/** Measures how fast pairs are settled. */
export class ThroughputMeter {
  readonly #samples: { at: number; settled: number }[] = [];

  /**
   * Notes how many pairs of an import were worked on by now. A paused or cancelled import has no rate, and the
   * measurement restarts afterwards.
   *
   * @param at milliseconds, of any monotonic clock
   */
  noteImport(at: number, state: StoredImportState, tallies: readonly Tally[]): void {
    if (state === 'paused' || state === 'cancelled') this.#samples.length = 0;
    else {
      const worked = tallies.filter(({ outcome }) => !NOT_WORKED_ON.includes(outcome));
      this.note(
        at,
        worked.reduce((sum, { count }) => sum + count, 0),
      );
    }
  }

  /**
   * Notes how many pairs are settled by now. A lower number than before, as after a retry, restarts the
   * measurement.
   *
   * @param at milliseconds, of any monotonic clock
   */
  note(at: number, settled: number): void {
    if (settled < (this.#samples.at(-1)?.settled ?? settled)) this.#samples.length = 0;
    this.#samples.push({ at, settled });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) {
      this.#samples.shift();
    }
  }

  /** Pairs per second within the window. */
  get rate(): number {
    const first = this.#samples.at(0);
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return ((last.settled - first.settled) / (last.at - first.at)) * 1_000;
  }
}
