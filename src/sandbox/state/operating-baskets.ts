/** What a method may use, in server seconds. */
export interface OperatingSize {
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  operatingFloorSeconds: number;
}

interface Basket {
  readonly number: number;
  readonly expiresAt: number;
  seconds: number;
}

const BASKETS_PER_WINDOW = 10;

/**
 * The server seconds used by each method ("REST API Limits"): ten baskets to a window, each
 * expiring one window after its first call. All times are Unix seconds.
 */
export class OperatingBaskets {
  readonly #size: OperatingSize;
  readonly #baskets = new Map<string, Basket[]>();

  /** @param size read again at each call, so that it can be changed */
  constructor(size: OperatingSize) {
    this.#size = size;
  }

  /** @returns whether a call may start: only a call after the one that crossed the limit may not. */
  allows(method: string, now: number): boolean {
    return this.used(method, now) <= this.#size.operatingLimitSeconds;
  }

  /** Adds a call that has ended; a short one is ignored. */
  add(method: string, startedAt: number, seconds: number): void {
    if (seconds <= this.#size.operatingFloorSeconds) return;
    const baskets = this.#alive(method, startedAt);
    const number = Math.floor((startedAt * BASKETS_PER_WINDOW) / this.#size.operatingWindowSeconds);
    let basket = baskets.find((candidate) => candidate.number === number);
    if (basket === undefined) {
      const expiresAt = startedAt + this.#size.operatingWindowSeconds;
      basket = { number, expiresAt, seconds: 0 };
      baskets.push(basket);
    }
    basket.seconds += seconds;
    this.#baskets.set(method, baskets);
  }

  /** @returns the seconds used within the window, the answer's `operating`. */
  used(method: string, now: number): number {
    return this.#alive(method, now).reduce((sum, basket) => sum + basket.seconds, 0);
  }

  /**
   * @returns when the next basket expires, the answer's `operating_reset_at`; while there is
   * none, when a basket of the running call would
   */
  resetsAt(method: string, startedAt: number, now: number): number {
    const ends = this.#alive(method, now).map((basket) => basket.expiresAt);
    const end = ends.length > 0 ? Math.min(...ends) : startedAt + this.#size.operatingWindowSeconds;
    return Math.floor(end);
  }

  /** @returns the seconds used by every method that has used any. */
  all(now: number): Record<string, number> {
    const methods = [...this.#baskets.keys()];
    return Object.fromEntries(methods.map((method) => [method, this.used(method, now)]));
  }

  #alive(method: string, now: number): Basket[] {
    return (this.#baskets.get(method) ?? []).filter((basket) => basket.expiresAt > now);
  }
}
