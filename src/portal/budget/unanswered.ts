import type { Redis } from 'ioredis';

/** Lifetime of the count after the last addition, in milliseconds. */
const KEEP_MS = 3_600_000;

/** Counts the requests without an answer since the last one with an answer, over all workers. */
export class Unanswered {
  readonly #redis: Redis;
  readonly #key: string;

  /** @param portal host of the portal */
  constructor(redis: Redis, portal: string) {
    this.#redis = redis;
    this.#key = `bulk-invite:unanswered:${portal}`;
  }

  /** Adds one. @returns how many there are in a row */
  async add(): Promise<number> {
    const count = await this.#redis.incr(this.#key);
    await this.#redis.pexpire(this.#key, KEEP_MS);
    return count;
  }

  /** Starts again from 0, because the portal has answered. */
  async reset(): Promise<void> {
    await this.#redis.del(this.#key);
  }
}
