/** The size of a bucket. */
export interface BucketSize {
  /** How many requests fit. */
  burst: number;
  /** How many leak out per second; Infinity for no limit. */
  requestsPerSecond: number;
}

/**
 * The leaky bucket of requests ("REST API Limits"): each request adds one, a fixed number leaks out
 * per second, and a request that does not fit is refused. A refused request adds nothing.
 */
export class LeakyBucket {
  readonly #size: BucketSize;
  #level = 0;
  #leakedAt = 0;

  /** @param size read again at each request, so that it can be changed */
  constructor(size: BucketSize) {
    this.#size = size;
  }

  /**
   * @param now seconds of any clock that does not go back
   * @returns whether the request is accepted
   */
  take(now: number): boolean {
    if (this.#size.requestsPerSecond === Number.POSITIVE_INFINITY) return true;
    const leaked = Math.max(0, now - this.#leakedAt) * this.#size.requestsPerSecond;
    this.#level = Math.max(0, this.#level - leaked);
    this.#leakedAt = now;
    if (this.#level + 1 > this.#size.burst) return false;
    this.#level += 1;
    return true;
  }
}
