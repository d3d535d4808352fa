/** Lets so many things go on at once; the others wait for their turn. */
export class Lanes {
  readonly #lanes: Promise<unknown>[];
  #next = 0;

  constructor(count: number) {
    this.#lanes = Array.from({ length: count }, () => Promise.resolve());
  }

  /** Does something as soon as there is a lane for it. */
  run<T>(act: () => Promise<T>): Promise<T> {
    const lane = this.#next++ % this.#lanes.length;
    const done = (this.#lanes[lane] ?? Promise.resolve()).then(act);
    this.#lanes[lane] = done.catch(() => {});
    return done;
  }

  /** Resolves when nothing goes on and nothing waits. */
  async idle(): Promise<void> {
    await Promise.all(this.#lanes);
  }
}
