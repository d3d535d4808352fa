interface Timer {
  at: number;
  resolve: () => void;
}

/**
 * A clock for coroutines: when all of them sleep, it advances to the next one to wake. Waiting for anything
 * else, such as Redis, takes no time.
 */
export class VirtualTime {
  #now: number;
  #awake = 0;
  #timers: Timer[] = [];
  #waiting: Timer[] = [];

  /** @param now milliseconds since 1970 */
  constructor(now = Date.parse('2026-03-01T10:00:00Z')) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  get seconds(): number {
    return this.#now / 1_000;
  }

  /** Runs coroutines until all have ended. */
  async run(...coroutines: readonly (() => Promise<void>)[]): Promise<void> {
    this.#awake += coroutines.length;
    await Promise.all(
      coroutines.map((act) =>
        act().finally(() => {
          this.#awake -= 1;
          this.#advance();
        }),
      ),
    );
  }

  async sleep(ms: number): Promise<void> {
    await this.#park(ms, this.#timers);
  }

  /** Sleeps until `notify`, at most `ms` milliseconds. */
  async waitForNotify(ms: number): Promise<void> {
    const timer = await this.#park(ms, this.#waiting);
    this.#waiting = this.#waiting.filter((other) => other !== timer);
  }

  notify(): void {
    for (const timer of this.#waiting) timer.at = Math.min(timer.at, this.#now);
  }

  async #park(ms: number, list: Timer[]): Promise<Timer> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = { at: this.#now + Math.max(0, ms), resolve };
    this.#timers.push(timer);
    if (list !== this.#timers) list.push(timer);
    this.#awake -= 1;
    this.#advance();
    await promise;
    return timer;
  }

  #advance(): void {
    if (this.#awake > 0 || this.#timers.length === 0) return;
    const next = this.#timers.reduce((first, timer) => (timer.at < first.at ? timer : first));
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#now = Math.max(this.#now, next.at);
    this.#awake += 1;
    next.resolve();
  }
}
