/** @returns what an error says, alike whichever job, line or port it is about */
export const sameness = (error: unknown): string => String(error).replace(/\d+/g, '#');

/** Lets what is the same pass once in a while. */
export class Throttle {
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #passed = new Map<string, number>();

  /** @param now in milliseconds */
  constructor(everyMs: number, now: () => number) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** @returns whether `what` has not passed for so long */
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
