import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Plan } from '../../domain/portal/plan.ts';
import {
  type LimitSettings,
  type LimitsInUse,
  limitsForScript,
  planForScript,
} from './budget-limits.ts';
import { type BudgetView, readLimits, readView } from './budget-view.ts';
import { costForScript, type ReadCost, type RequestCost, readForScript } from './request-cost.ts';
import type { Place, Reservation, ReservationRequest } from './reservation.ts';
import { runScript } from './run-script.ts';
import { SlotNotifier } from './slot-notifier.ts';
import { Unanswered } from './unanswered.ts';

/**
 * Longest time that a request holds a slot while it waits for a place in the bucket, in milliseconds.
 * Requests that invite wait as long for theirs, so that neither kind takes precedence. No other request
 * is delayed by it: every request needs a place, and a later caller gets a later one.
 */
const HOLD_SLOT_MS = 3_000;

/** How a request that does not invite waits. */
export interface EnterOptions {
  /** Of the HTTP request. A batch also reserves server seconds. @default another method */
  method?: string;
  /** The method of all its calls, whose server seconds are reserved as well. @default none or several */
  inner?: string | undefined;
  /** A person waits for the answer: the request needs no slot. @default false */
  noSlot?: boolean;
  /** It takes too little server time to be billed. @default false */
  isBrief?: boolean;
  /** Called when the server seconds are used up and the request has to wait for them. */
  onWait?: (() => void) | undefined;
}

/**
 * What a portal still allows, shared through Redis by all workers on all machines: places in the
 * bucket, server seconds of a method, requests in flight; and what was learned about the cost of
 * an invitation. The clock is Redis's, so that machines need not agree on the time.
 */
export class Budget {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #settings: LimitSettings;
  readonly #limits: string;
  readonly #slots: SlotNotifier;
  readonly #now: (() => number) | undefined;
  /** Requests to the portal that got no answer, in a row. */
  readonly unanswered: Unanswered;

  /**
   * @param portal host of the portal, which the limits belong to
   * @param settings the limits that are set; the others follow the plan, once {@link setPlan} has named it
   * @param now Unix milliseconds instead of Redis's time; for tests that stop the time
   */
  constructor(redis: Redis, portal: string, settings: LimitSettings, now?: () => number) {
    this.#redis = redis;
    this.#now = now;
    this.#settings = settings;
    this.#key = `bulk-invite:budget:${portal}`;
    this.#slots = new SlotNotifier(redis, this.#key);
    this.#limits = limitsForScript(settings);
    this.unanswered = new Unanswered(redis, portal);
  }

  /** The Redis channel on which processes report that a request has ended. */
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
   * Waits for a slot and a place in the bucket for a request that does not invite; it may leave then.
   *
   * @param lifetimeMs time after which the request is surely over, even if its worker has died
   * @param maxWaitMs the longest wait. @default no limit
   * @returns false when the signal aborts, or the longest wait is over, before there are both
   */
  async enter(
    id: string,
    lifetimeMs: number,
    signal: AbortSignal,
    maxWaitMs = Number.POSITIVE_INFINITY,
    { method = '', inner, noSlot = false, isBrief = false, onWait }: EnterOptions = {},
  ): Promise<boolean> {
    const until = performance.now() + maxWaitMs;
    for (let leftMs = maxWaitMs; leftMs > 0 && !signal.aborted; ) {
      const before = this.releasedCount;
      const maxWait = Math.min(leftMs, noSlot ? Number.MAX_SAFE_INTEGER : HOLD_SLOT_MS);
      const argument = { id, method, inner, noSlot, isBrief, lifetime: lifetimeMs, maxWait };
      const { granted, waitMs, why } = await this.#run('enter', argument);
      if (why !== 'others') this.#slots.wakeNext();
      leftMs = Math.max(0, until - performance.now());
      if (why === 'operating') onWait?.();
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

  /** Frees the slot of a request and its reserved server seconds, which it surely has not used. */
  async release(id: string): Promise<void> {
    await this.#runAndNotify('release', { id });
  }

  /**
   * Settles a request that got no answer.
   *
   * @param ranLong whether it may have been too large
   */
  async lose(id: string, ranLong: boolean): Promise<void> {
    await this.#runAndNotify('lose', { id, long: ranLong });
  }

  /**
   * Settles a request by its answer: unused server seconds are free again.
   *
   * @param keep the slot is for the caller's next request, so no other caller is notified; if there
   * is no such request after all, call {@link passOn}
   */
  async settle(id: string, cost: RequestCost, keep = false): Promise<void> {
    const argument = { ...costForScript(cost, this.#settings.operatingWindowSeconds), id };
    await (keep ? this.#run('settle', argument) : this.#runAndNotify('settle', argument));
  }

  /** Books a request that does not invite, by the times of its answer. */
  async bookRead(cost: ReadCost): Promise<void> {
    await this.#run('note', readForScript(cost, this.#settings.operatingWindowSeconds));
  }

  /** Notifies the waiting callers that a slot is free. */
  async passOn(): Promise<void> {
    await this.#runAndNotify('pass', {});
  }

  /** Records that the portal reports a full bucket, whatever we counted: there is no free place now. */
  async fillBucket(): Promise<void> {
    await this.#run('fillBucket', {});
  }

  /**
   * Records that the portal refuses the method because its server seconds are used up. Nothing is reserved
   * for it until the time that an answer named, or for the 300 s for which newer portals block it; then one
   * small request shows whether it is open.
   *
   * @param method `batch` when the portal refused a batch as a whole
   */
  async closeMethod(method: string): Promise<void> {
    await this.#run('close', { method });
  }

  /**
   * Reads the state and reserves nothing.
   *
   * @param pending number of all waiting pairs
   */
  async readView(method: string, pending: number): Promise<BudgetView> {
    return readView((await this.#run('view', { method, pending })).why, this.#settings);
  }

  /**
   * Records the portal's plan: from now on all processes use its limits, where no setting says otherwise. A
   * plan without limits gets one as soon as the portal's answers show it.
   */
  async setPlan(plan: Plan): Promise<void> {
    if (plan !== 'unknown') await this.#run('plan', planForScript(plan));
  }

  /** @returns the limits that are in use now */
  async readLimits(): Promise<LimitsInUse> {
    return readLimits((await this.#run('limits', {})).why, this.#settings);
  }

  /** Drops the open requests of workers that are known to have ended. */
  async forgetOpen(): Promise<void> {
    await this.#run('drop_open', {});
  }

  /** @returns number of ended requests that this process has been notified of */
  get releasedCount(): number {
    return this.#slots.count;
  }

  /** Resolves when a request has ended since `count`, at the latest after `waitMs`. */
  async waitForRelease(count: number, waitMs: number, signal: AbortSignal): Promise<void> {
    await this.#slots.next(count, waitMs, signal);
  }

  /** Closes what the budget has opened itself; the Redis connection stays open. */
  async close(): Promise<void> {
    await this.#slots.close();
  }

  async #runAndNotify(operation: string, argument: object) {
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

/** Resolves after `ms` milliseconds, or when the signal aborts. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});
