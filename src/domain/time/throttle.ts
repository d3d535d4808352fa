/** @returns a key for an error: its text without numbers, so that job, line or port do not matter */
export const sameness = (error: unknown): string => String(error).replace(/\d+/g, '#');

/** Lets each key pass once per interval. */
export class Throttle {
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #passed = new Map<string, number>();

  /** @param now current time in milliseconds */
  constructor(everyMs: number, now: () => number) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** @returns whether `what` has not passed within the interval */
  passes(what: string): boolean {
    const now = this.#now();
    for (const [known, at] of this.#passed) {
      if (now - at >= this.#everyMs) this.#passed.delete(known);
    }
    if (this.#passed.has(what)) return false;
    this.#passed.set(what, now);
    return true;
  }
}
