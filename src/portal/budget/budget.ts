import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { CallTime } from '../call-time.ts';
import { Freed } from './freed.ts';
import { runScript } from './script.ts';

/** The portal's leaky bucket ("REST API Limits"). */
export interface BucketLimits {
  requestsPerSecond: number;
  burst: number;
}

/** All that a portal limits ("REST API Limits"), and how much of it at once is ours to use. */
export interface BudgetLimits extends BucketLimits {
  /** Server seconds that a method may use within the window. */
  operatingLimitSeconds: number;
  operatingWindowSeconds: number;
  /** Requests in flight at once, all workers together. */
  concurrency: number;
}

/** A place in the bucket, to be used after `waitMs`; or none, worth asking again after `waitMs`. */
export interface Place {
  taken: boolean;
  waitMs: number;
}

/** What somebody wants to send. */
export interface Wish {
  /** Name for the request, to settle it by. */
  id: string;
  method: string;
  /** The most pairs that it could carry. */
  pairs: number;
  /** Pairs that wait in all; towards the end requests shrink, so that all lanes end together. */
  pending: number;
  /** The longest wait for a place in the bucket that the caller will take, in milliseconds. */
  patienceMs: number;
  /** Milliseconds after which the request is surely over, whatever became of its worker. */
  lifetimeMs: number;
}

/** Leave to send, or why not. */
export type Grant =
  /** So many pairs may leave after `waitMs`. */
  | { granted: true; pairs: number; waitMs: number }
  /** Ask again after `waitMs`; with `others`, when {@link Budget.freed} tells. */
  | { granted: false; why: 'bucket' | 'operating' | 'others'; waitMs: number };

/** What an answer tells about the request's cost. */
export interface Spent {
  method: string;
  /** One for each call that was executed. */
  times: readonly CallTime[];
  pairs: number;
  invited: number;
}

/** Where the budget stands at one moment. */
export interface BudgetView {
  /** Requests in the bucket; above the burst they queue. */
  level: number;
  /** Server seconds that the method has used within the window. */
  usedSeconds: number;
  inFlight: number;
  /** Server seconds of one invitation; undefined as long as nobody has learned them. */
  costSeconds: number | undefined;
  /** Until the next request may leave, and what there is too little of until then. */
  waitMs: number;
  waitFor: 'requests' | 'operating';
}

const Look = z.object({
  level: z.number(),
  used: z.number(),
  out: z.number(),
  cost: z.number().optional(),
  wait: z.number(),
  why: z.enum(['requests', 'operating']),
});

/**
 * Requests on their way do not arrive as evenly as they left; one place stays free, so that the
 * portal's bucket never sees one more than it holds.
 */
const SAFETY = 1;

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
  readonly #freed: Freed;

  /** @param portal host of the portal, which the limits belong to */
  constructor(redis: Redis, portal: string, limits: BudgetLimits) {
    this.#redis = redis;
    this.limits = limits;
    this.#key = `bulk-invite:budget:${portal}`;
    this.#freed = new Freed(redis, this.#key);
    this.#limits = JSON.stringify({
      rate: limits.requestsPerSecond,
      burst: Math.max(1, limits.burst - SAFETY),
      operating: limits.operatingLimitSeconds,
      window: limits.operatingWindowSeconds * 1_000,
      lanes: limits.concurrency,
    });
  }

  /** Takes a place for one request unless it means waiting longer than `patienceMs`. */
  async take(patienceMs: number): Promise<Place> {
    const patience = Math.min(patienceMs, Number.MAX_SAFE_INTEGER);
    const { granted, waitMs } = await this.#run('take', { patience });
    return { taken: granted === 1, waitMs };
  }

  /** Reserves a place, the predicted server seconds and a lane for one request. */
  async reserve({ patienceMs, lifetimeMs, ...wish }: Wish): Promise<Grant> {
    const argument = { ...wish, patience: patienceMs, lifetime: lifetimeMs };
    const { granted, waitMs, why } = await this.#run('reserve', argument);
    if (why !== 'others') this.#freed.wakeNext();
    if (granted > 0) return { granted: true, pairs: granted, waitMs };
    if (why !== 'bucket' && why !== 'operating') return { granted: false, why: 'others', waitMs };
    return { granted: false, why, waitMs };
  }

  /**
   * Waits for a lane for a request that invites nobody; it has its place in the bucket already.
   *
   * @param lifetimeMs after which the request is surely over, whatever became of its worker
   * @returns false when the signal aborted before there was one
   */
  async enter(id: string, lifetimeMs: number, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const heard = this.freedCount;
      const { granted, waitMs } = await this.#run('enter', { id, lifetime: lifetimeMs });
      if (granted === 1) {
        this.#freed.wakeNext();
        return true;
      }
      await this.freed(heard, waitMs, signal);
    }
    return false;
  }

  /** Returns the lane of a request, and the server seconds that it surely has not used. */
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
   * @param keep the lane is for the caller's next request, so nobody is told; when there is to be
   * none after all, {@link passOn}
   */
  async settle(id: string, { times, ...spent }: Spent, keep = false): Promise<void> {
    const last = times.reduce<CallTime | undefined>(
      (latest, time) => (latest && latest.finish > time.finish ? latest : time),
      undefined,
    );
    const finish = last?.finish ?? 0;
    const argument = {
      ...spent,
      id,
      finish,
      operating: last?.operating,
      seconds: times.reduce((sum, { seconds }) => sum + seconds, 0),
      calls: times.map((time) => {
        const start = time.finish - time.seconds;
        return { start, ago: (finish - start) * 1_000, seconds: time.seconds };
      }),
    };
    await (keep ? this.#run('settle', argument) : this.#letGo('settle', argument));
  }

  /** Tells whoever waits that a lane is free. */
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
  async look(method: string, pending: number): Promise<BudgetView> {
    const { why } = await this.#run('look', { method, pending });
    const { level, used, out, cost, wait, why: waitFor } = Look.parse(JSON.parse(why));
    return {
      ...{ level, usedSeconds: used, inFlight: out, costSeconds: cost },
      ...{ waitMs: wait, waitFor },
    };
  }

  /** Forgets requests of workers that are known to live no more. */
  async forgetOpen(): Promise<void> {
    await this.#run('forget', {});
  }

  /** @returns how many times requests have come back, as far as this process has heard */
  get freedCount(): number {
    return this.#freed.count;
  }

  /** Resolves when a request has come back since `count`, at the latest after `waitMs`. */
  async freed(count: number, waitMs: number, signal: AbortSignal): Promise<void> {
    await this.#freed.next(count, waitMs, signal);
  }

  /** Ends what the budget has opened itself; the Redis connection stays. */
  async close(): Promise<void> {
    await this.#freed.close();
  }

  async #letGo(operation: string, argument: object) {
    await this.#run(operation, { ...argument, by: this.#freed.name });
    this.#freed.hear();
  }

  async #run(operation: string, argument: object) {
    const json = JSON.stringify(argument);
    const answer = await runScript(this.#redis, this.#key, operation, this.#limits, json);
    const [granted, waitMs, why] = Array.isArray(answer) ? answer : [];
    return { granted: Number(granted ?? 0), waitMs: Number(waitMs ?? 0), why: String(why ?? '') };
  }
}
