/** How many may stand aside at once: each holds its thread, or what it has asked for, all the same. */
const MOST_ASIDE = 8;

/** Lets so many things go on at once; the others wait for their turn, first come, first served. */
export class Lanes {
  readonly #going = new Set<Promise<unknown>>();
  readonly #queue: (() => void)[] = [];
  #free: number;
  #aside = 0;

  constructor(count: number) {
    this.#free = count;
  }

  /** Does something as soon as there is a lane for it. */
  run<T>(act: (lane: Lane) => Promise<T>): Promise<T> {
    const done = this.#run(act);
    const end = done.catch(() => {}).finally(() => this.#going.delete(end));
    this.#going.add(end);
    return done;
  }

  /** Resolves when nothing goes on and nothing waits. */
  async idle(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }

  async #run<T>(act: (lane: Lane) => Promise<T>): Promise<T> {
    await this.#enter('last');
    try {
      return await act({ aside: (wait) => this.#standAside(wait) });
    } finally {
      this.#leave();
    }
  }

  async #standAside<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#aside >= MOST_ASIDE) return wait();
    this.#aside += 1;
    this.#leave();
    try {
      return await wait();
    } finally {
      await this.#enter('first');
      this.#aside -= 1;
    }
  }

  async #enter(place: 'first' | 'last'): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    if (place === 'first') this.#queue.unshift(resolve);
    else this.#queue.push(resolve);
    await promise;
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/** The lane of what goes on. */
export interface Lane {
  /** Waits for something that needs no lane, and lets another have it; one such wait at a time. */
  aside<T>(wait: () => Promise<T>): Promise<T>;
}
