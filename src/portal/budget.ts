import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

/** The portal's leaky bucket ("REST API Limits"). */
export interface BucketLimits {
  requestsPerSecond: number;
  burst: number;
}

/** A place in the budget, to be used after `waitMs`; or none, worth asking again after `waitMs`. */
export interface Place {
  taken: boolean;
  waitMs: number;
}

const script = readFileSync(new URL('bucket.lua', import.meta.url), 'utf8');

/**
 * Requests on their way do not arrive as evenly as they left; one place stays free, so that the
 * portal's bucket never sees one more than it holds.
 */
const SAFETY = 1;

/**
 * What a portal still allows, shared through Redis by all workers on all machines. The clock is
 * Redis's, so that machines need not agree on the time.
 */
export class Budget {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #limits: BucketLimits;

  /** @param portal host of the portal, which the limits belong to */
  constructor(redis: Redis, portal: string, limits: BucketLimits) {
    this.#redis = redis;
    this.#key = `bulk-invite:bucket:${portal}`;
    this.#limits = limits;
  }

  /** Takes a place for one request unless it means waiting longer than `patienceMs`. */
  async reserve(patienceMs: number): Promise<Place> {
    const [taken = 0, waitMs = 0] = await this.#run(Math.min(patienceMs, Number.MAX_SAFE_INTEGER));
    return { taken: taken === 1, waitMs };
  }

  /** The portal says that the bucket is full, whatever we counted: nobody has a place now. */
  async drain(): Promise<void> {
    await this.#run(-1);
  }

  async #run(patience: number): Promise<number[]> {
    const { requestsPerSecond, burst } = this.#limits;
    const depth = Math.max(1, burst - SAFETY);
    const answer = await this.#redis.eval(script, 1, this.#key, requestsPerSecond, depth, patience);
    return Array.isArray(answer) ? answer.map(Number) : [];
  }
}
