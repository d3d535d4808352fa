import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type BudgetLimits, limitsForScript } from './budget-limits.ts';
import { type BudgetView, readView } from './budget-view.ts';
import { costForScript, type RequestCost } from './request-cost.ts';
import type { Place, Reservation, ReservationRequest } from './reservation.ts';
import { runScript } from './run-script.ts';
import { SlotNotifier } from './slot-notifier.ts';
import { Unanswered } from './unanswered.ts';

/**
 * For so many milliseconds at most a slot is held by somebody who waits for a place in the bucket: as
 * long as requests that invite wait for theirs, so that neither goes before the other. It keeps nobody
 * from leaving: every request needs a place, and whoever asks later gets a later one.
 */
const HOLD_SLOT_MS = 3_000;

/**
 * What a portal still allows, shared through Redis by all workers on all machines: places in the
 * bucket, server seconds of a method, requests in flight; and what was learned about the cost of
 * an invitation. The clock is Redis's, so that machines need not agree on the time.
 */
export class Budget {
  readonly #redis: Redis;
  readonly #key: string;
  readonly limits: Readonly<BudgetLimits>;
  readonly #limits: string;
  readonly #slots: SlotNotifier;
  readonly #now: (() => number) | undefined;
  /** Requests of the portal that got no answer, in a row. */
  readonly unanswered: Unanswered;

  /**
   * @param portal host of the portal, which the limits belong to
   * @param now Unix milliseconds instead of Redis's time; for tests, in which time is not to pass
   */
  constructor(redis: Redis, portal: string, limits: BudgetLimits, now?: () => number) {
    this.#redis = redis;
    this.#now = now;
    this.limits = limits;
    this.#key = `bulk-invite:budget:${portal}`;
    this.#slots = new SlotNotifier(redis, this.#key);
    this.#limits = limitsForScript(limits);
    this.unanswered = new Unanswered(redis, portal);
  }

  /** The Redis channel in which processes report that a request is back. */
  get channel(): string {
    return this.#key;
  }

  /** Takes a place for one request unless it means waiting longer than `maxWaitMs`. */
  async take(maxWaitMs: number): Promise<Place> {
    const maxWait = Math.min(maxWaitMs, Number.MAX_SAFE_INTEGER);
    const { granted, waitMs } = await this.#run('take', { maxWait });
    return { taken: granted === 1, waitMs };
  }

  /** Reserves a place, the predicted server seconds and a slot for one request. */
  async reserve({ maxWaitMs, lifetimeMs, ...request }: ReservationRequest): Promise<Reservation> {
    const argument = { ...request, maxWait: maxWaitMs, lifetime: lifetimeMs };
    const { granted, waitMs, why } = await this.#run('reserve', argument);
    if (why !== 'others') this.#slots.wakeNext();
    if (granted > 0) return { granted: true, pairs: granted, waitMs };
    if (why !== 'bucket' && why !== 'operating') return { granted: false, why: 'others', waitMs };
    return { granted: false, why, waitMs };
  }

  /**
   * Waits for a slot and a place in the bucket for a request that invites nobody, which may leave then.
   *
   * @param lifetimeMs after which the request is surely over, whatever became of its worker
   * @param maxWaitMs the longest wait. @default as long as it takes
   * @returns false when the signal aborted, or the longest wait was over, before there were both
   */
  async enter(
    id: string,
    lifetimeMs: number,
    signal: AbortSignal,
    maxWaitMs = Number.POSITIVE_INFINITY,
  ): Promise<boolean> {
    const until = performance.now() + maxWaitMs;
    for (let leftMs = maxWaitMs; leftMs > 0 && !signal.aborted; ) {
      const before = this.releasedCount;
      const argument = { id, lifetime: lifetimeMs, maxWait: Math.min(leftMs, HOLD_SLOT_MS) };
      const { granted, waitMs, why } = await this.#run('enter', argument);
      if (why !== 'others') this.#slots.wakeNext();
      leftMs = Math.max(0, until - performance.now());
      if (granted === 1) return this.#leaveAfter(waitMs, id, signal);
      if (why === 'others') await this.waitForRelease(before, Math.min(waitMs, leftMs), signal);
      else if (waitMs < leftMs) await pause(waitMs, signal);
      else return false;
    }
    return false;
  }

  async #leaveAfter(waitMs: number, id: string, signal: AbortSignal): Promise<boolean> {
    if (waitMs > 0) await pause(waitMs, signal);
    if (!signal.aborted) return true;
    await this.release(id);
    return false;
  }

  /** Returns the slot of a request, and the server seconds that it surely has not used. */
  async release(id: string): Promise<void> {
    await this.#letGo('release', { id });
  }

  /**
   * Settles a request whose answer did not come.
   *
   * @param ranLong whether it may have been too large
   */
  async lose(id: string, ranLong: boolean): Promise<void> {
    await this.#letGo('lose', { id, long: ranLong });
  }

  /**
   * Settles a request with what its answer tells: what was not used is free again.
   *
   * @param keep the slot is for the caller's next request, so nobody is told; when there is to be
   * none after all, {@link passOn}
   */
  async settle(id: string, cost: RequestCost, keep = false): Promise<void> {
    const argument = { ...costForScript(cost), id };
    await (keep ? this.#run('settle', argument) : this.#letGo('settle', argument));
  }

  /** Tells whoever waits that a slot is free. */
  async passOn(): Promise<void> {
    await this.#letGo('pass', {});
  }

  /** The portal says that the bucket is full, whatever we counted: nobody has a place now. */
  async drain(): Promise<void> {
    await this.#run('drain', {});
  }

  /** The portal says that the method has used its seconds up: it rests until some are back. */
  async closeMethod(method: string): Promise<void> {
    await this.#run('close', { method });
  }

  /** @returns the server seconds of one invitation, undefined as long as nobody has learned them */
  async learnedCostSeconds(): Promise<number | undefined> {
    const { why } = await this.#run('cost', {});
    return why === '' ? undefined : Number(why);
  }

  /**
   * Looks without taking anything.
   *
   * @param pending pairs that wait in all
   */
  async readView(method: string, pending: number): Promise<BudgetView> {
    return readView((await this.#run('look', { method, pending })).why);
  }

  /** Forgets requests of workers that are known to live no more. */
  async forgetOpen(): Promise<void> {
    await this.#run('forget', {});
  }

  /** @returns how many times requests have come back, as far as this process has heard */
  get releasedCount(): number {
    return this.#slots.count;
  }

  /** Resolves when a request has come back since `count`, at the latest after `waitMs`. */
  async waitForRelease(count: number, waitMs: number, signal: AbortSignal): Promise<void> {
    await this.#slots.next(count, waitMs, signal);
  }

  /** Ends what the budget has opened itself; the Redis connection stays. */
  async close(): Promise<void> {
    await this.#slots.close();
  }

  async #letGo(operation: string, argument: object) {
    try {
      await this.#run(operation, { ...argument, by: this.#slots.name });
    } finally {
      this.#slots.notify();
    }
  }

  async #run(operation: string, argument: object) {
    const json = JSON.stringify(argument);
    const now = this.#now === undefined ? [] : [String(this.#now())];
    const answer = await runScript(this.#redis, this.#key, operation, this.#limits, json, ...now);
    const [granted, waitMs, why] = Array.isArray(answer) ? answer : [];
    return { granted: Number(granted ?? 0), waitMs: Number(waitMs ?? 0), why: String(why ?? '') };
  }
}

/** Resolves after so many milliseconds, or when the signal aborts. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});
