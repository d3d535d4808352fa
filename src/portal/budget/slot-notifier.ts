import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/**
 * Hears, in this process, that a request of any worker has come back, and wakes the one who has
 * waited longest. Whoever is woken and finds more than that, or wants it no more, wakes the next:
 * if all woke at once, they would ask Redis for what only one can have.
 */
export class SlotNotifier {
  readonly #redis: Redis;
  readonly #channel: string;
  #listening: Promise<Redis> | undefined;
  readonly #waiting = new Set<() => void>();
  /** What this process calls itself where it tells the others. */
  readonly name = randomUUID();
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
    const wasWoken = !this.#waiting.delete(resolve);
    if (wasWoken && signal.aborted) this.wakeNext();
  }

  /** Tells the one who has waited longest that there may be something for it. */
  wakeNext(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#waiting.delete(first);
    first();
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
    redis.on('message', (_, by) => {
      if (by !== this.name) this.notify();
    });
    redis.on('ready', () => this.notify());
    await redis.subscribe(this.#channel);
    return redis;
  }

  /** A request has come back. Of its own the process knows before Redis tells it. */
  notify(): void {
    this.count += 1;
    this.wakeNext();
  }
}
