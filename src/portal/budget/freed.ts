import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** Hears, in this process, that a request of any worker has come back. */
export class Freed {
  readonly #redis: Redis;
  readonly #channel: string;
  #listening: Promise<Redis> | undefined;
  #waiting = new Set<() => void>();
  count = 0;

  constructor(redis: Redis, channel: string) {
    this.#redis = redis;
    this.#channel = channel;
  }

  /** Resolves when the count differs from `count`, after `waitMs`, or when the signal aborts. */
  async next(count: number, waitMs: number, signal: AbortSignal): Promise<void> {
    if (this.#listening === undefined) {
      // What came before we listened nobody has heard: the caller looks again.
      this.#listening = this.#listen();
      this.#listening.catch(() => {
        this.#listening = undefined;
      });
      await this.#listening;
      return;
    }
    await this.#listening;
    if (this.count !== count || signal.aborted) return;
    const over = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    const timer = sleep(waitMs, undefined, { signal: AbortSignal.any([signal, over.signal]) });
    await Promise.race([promise, timer.catch(() => {})]);
    over.abort();
    this.#waiting.delete(resolve);
  }

  async close(): Promise<void> {
    if (this.#listening === undefined) return;
    const redis = await this.#listening.catch(() => undefined);
    redis?.disconnect();
  }

  async #listen(): Promise<Redis> {
    const redis = this.#redis.duplicate();
    // The connection that commands use reports the same; ioredis reconnects and subscribes anew.
    redis.on('error', () => {});
    redis.on('message', () => this.#wake());
    redis.on('ready', () => this.#wake());
    await redis.subscribe(this.#channel);
    return redis;
  }

  #wake(): void {
    this.count += 1;
    for (const resolve of this.#waiting) resolve();
  }
}
