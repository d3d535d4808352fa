import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/**
 * Subscribes to released slots, from all workers, and wakes the caller that has waited longest. A caller
 * that is woken and sees more free slots, or no longer needs one, wakes the next one: if all woke at
 * once, they would all query Redis for what only one can get.
 */
export class SlotNotifier {
  readonly #redis: Redis;
  readonly #channel: string;
  #listening: Promise<Redis> | undefined;
  readonly #waiting = new Set<() => void>();
  /** Name of this process in the messages that it publishes. */
  readonly name = randomUUID();
  count = 0;

  constructor(redis: Redis, channel: string) {
    this.#redis = redis;
    this.#channel = channel;
  }

  /** Resolves when the count differs from `count`, after `waitMs`, or when the signal aborts. */
  async next(count: number, waitMs: number, signal: AbortSignal): Promise<void> {
    if (this.#listening === undefined) {
      // Messages from before the subscription are lost: the caller checks again.
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

  /** Wakes the caller that has waited longest: there may be a slot for it. */
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
    // The connection for commands reports the same errors; ioredis reconnects and subscribes again.
    redis.on('error', () => {});
    redis.on('message', (_, by) => {
      if (by !== this.name) this.notify();
    });
    redis.on('ready', () => this.notify());
    await redis.subscribe(this.#channel);
    return redis;
  }

  /** Records that a request has ended. The process calls it for its own, before Redis publishes them. */
  notify(): void {
    this.count += 1;
    this.wakeNext();
  }
}
