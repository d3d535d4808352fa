import type { Redis } from 'ioredis';

/** Nobody remembers for longer, in milliseconds. */
const KEEP_MS = 3_600_000;

/** Counts a portal's requests without an answer since the last one with, over all workers. */
export class Unanswered {
  readonly #redis: Redis;
  readonly #key: string;

  /** @param portal host of the portal */
  constructor(redis: Redis, portal: string) {
    this.#redis = redis;
    this.#key = `bulk-invite:unanswered:${portal}`;
  }

  /** One more. @returns how many there are in a row */
  async add(): Promise<number> {
    const count = await this.#redis.incr(this.#key);
    await this.#redis.pexpire(this.#key, KEEP_MS);
    return count;
  }

  /** The portal has answered. */
  async reset(): Promise<void> {
    await this.#redis.del(this.#key);
  }
}
