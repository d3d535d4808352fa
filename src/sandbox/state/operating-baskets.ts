/** What the portal does with a call above the limit. */
export const OPERATING = [
  /** The next call is allowed when enough baskets have expired, as on older servers. */
  'baskets',
  /** The method is blocked for a fixed time and then starts with an empty window, as on newer ones. */
  'ban',
] as const;

/** What a method may use, in server seconds. */
export interface OperatingSize {
  operating: (typeof OPERATING)[number];
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  operatingFloorSeconds: number;
  operatingBanSeconds: number;
}

interface Basket {
  readonly number: number;
  /** End of its storage: one window after its first call. */
  readonly expiresAt: number;
  seconds: number;
}

/** The server seconds of one HTTP request, by method. */
export class RequestUse {
  /** Number of the basket that it enters: that of its start. */
  readonly basket: number;
  readonly #byMethod = new Map<string, { firstAt: number; seconds: number }>();

  constructor(basket: number) {
    this.basket = basket;
  }

  /** Adds a call that has ended. */
  add(method: string, startedAt: number, seconds: number): void {
    const use = this.#byMethod.get(method) ?? { firstAt: startedAt, seconds: 0 };
    use.seconds += seconds;
    this.#byMethod.set(method, use);
  }

  /** @returns all calls of the method together */
  seconds(method: string): number {
    return this.#byMethod.get(method)?.seconds ?? 0;
  }

  entries(): Iterable<[string, { firstAt: number; seconds: number }]> {
    return this.#byMethod;
  }
}

const BASKETS_PER_WINDOW = 10;

/**
 * The server seconds used by each method ("REST API Limits"): baskets stand on the clock's minutes, and the
 * last ten of them count. A request is put into the basket of its start when it ends; until then only its
 * own calls see what it has used. All times are Unix seconds.
 */
export class OperatingBaskets {
  readonly #size: OperatingSize;
  readonly #baskets = new Map<string, Basket[]>();
  /** Ends of the blocks, by method. */
  readonly #bans = new Map<string, number>();

  /** @param size read again at each call, so that it can be changed */
  constructor(size: OperatingSize) {
    this.#size = size;
  }

  /** Whether there is a limit at all. Without one, answers do not mention it. */
  get isOn(): boolean {
    return this.#size.operatingLimitSeconds !== Number.POSITIVE_INFINITY;
  }

  /** Begins an HTTP request. */
  begin(now: number): RequestUse {
    return new RequestUse(this.#numberOf(now));
  }

  /** @returns whether a call may start: only a call after the one that crossed the limit may not. */
  allows(method: string, use: RequestUse, now: number): boolean {
    if (this.#isBanned(method, now)) return false;
    if (this.used(method, use) <= this.#size.operatingLimitSeconds) return true;
    if (this.#size.operating === 'ban') {
      this.#bans.set(method, now + this.#size.operatingBanSeconds);
    }
    return false;
  }

  /** Ends an HTTP request; a method that took a short time in it is ignored. */
  store(use: RequestUse): void {
    for (const [method, { firstAt, seconds }] of use.entries()) {
      if (seconds <= this.#size.operatingFloorSeconds) continue;
      const baskets = this.#last(method, use.basket);
      let basket = baskets.find(({ number }) => number === use.basket);
      if (basket === undefined) {
        const expiresAt = firstAt + this.#size.operatingWindowSeconds;
        basket = { number: use.basket, expiresAt, seconds: 0 };
        baskets.push(basket);
      }
      basket.seconds += seconds;
      this.#baskets.set(method, baskets);
    }
  }

  /** @returns the seconds used within the window, with the request's own: the answer's `operating`. */
  used(method: string, use: RequestUse): number {
    const own = use.seconds(method);
    const counted = own > this.#size.operatingFloorSeconds ? own : 0;
    return sumOf(this.#last(method, use.basket)) + counted;
  }

  /**
   * @returns the end of the block, or when the oldest basket's storage ends: the answer's
   * `operating_reset_at`; while there is none, when one of the running call would
   */
  resetsAt(method: string, use: RequestUse, startedAt: number, now: number): number {
    const ban = this.#bans.get(method) ?? 0;
    if (ban > now) return Math.floor(ban);
    const ends = this.#last(method, use.basket).map(({ expiresAt }) => expiresAt);
    return Math.floor(Math.min(...ends, startedAt + this.#size.operatingWindowSeconds));
  }

  /** @returns the seconds used by every method that has used any. */
  all(now: number): Record<string, number> {
    const methods = [...this.#baskets.keys()];
    const number = this.#numberOf(now);
    return Object.fromEntries(methods.map((method) => [method, sumOf(this.#last(method, number))]));
  }

  #isBanned(method: string, now: number): boolean {
    const end = this.#bans.get(method);
    if (end === undefined) return false;
    if (end > now) return true;
    this.#bans.delete(method);
    this.#baskets.delete(method);
    return false;
  }

  #numberOf(now: number): number {
    return Math.floor((now * BASKETS_PER_WINDOW) / this.#size.operatingWindowSeconds);
  }

  /** @returns the ten baskets up to this number, and newer ones. */
  #last(method: string, number: number): Basket[] {
    const oldest = number - BASKETS_PER_WINDOW + 1;
    return (this.#baskets.get(method) ?? []).filter((basket) => basket.number >= oldest);
  }
}

const sumOf = (baskets: readonly Basket[]): number =>
  baskets.reduce((sum, { seconds }) => sum + seconds, 0);
