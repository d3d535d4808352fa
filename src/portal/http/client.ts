import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { NO_OBSERVER, type Observer } from '../../domain/errors/observer.ts';
import { type Clock, SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { Deadline } from '../../domain/time/deadline.ts';
import type { Budget } from '../budget/budget.ts';
import { INTERRUPTED, TOO_LATE } from './failure.ts';
import { type PostResult, post } from './post.ts';
import type { Parameters } from './query-string.ts';
import { isRepeatable, REPEAT_WITHIN_MS, type Repeat, Repeatable, TRIES } from './repeat.ts';
import type { Webhook } from './webhook.ts';

export interface ClientOptions {
  webhook: Webhook;
  budget: Budget;
  /** Milliseconds after which a request counts as unanswered. */
  timeoutMs: number;
  version: string;
  /** Told of every HTTP request. @default nobody */
  observer?: Observer;
  /**
   * Told what kept the budget from being kept once there was an answer, as a Redis that refuses
   * writes does. @default nobody
   */
  reportError?: (error: unknown) => void;
  /** Milliseconds before a request is repeated first; each later pause is longer. @default 250 */
  firstPauseMs?: number;
  /** The environment names a proxy that Node.js does not use. @default false */
  isProxyUnused?: boolean;
  /** @default the system's */
  clock?: Clock;
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** It has its slot, and the first try its place in the bucket, already. */
  reserved?: boolean;
  /** No byte leaves after it. @default whenever its turn comes; it is repeated for some seconds only */
  leaveBy?: Deadline;
  /** Waits for a slot, as inviting requests do. @default false: a person waits for what it reads */
  withSlot?: boolean;
  repeat: Repeat;
}

const FIRST_PAUSE_MS = 250;

/** Sends requests to one portal. */
export class PortalClient {
  readonly webhook: Webhook;
  readonly budget: Budget;
  readonly timeoutMs: number;
  /** Within so many milliseconds of its mark a request leaves, all tries included. */
  readonly leaveWithinMs: number;
  /** Milliseconds after which a request that leaves now is over, all tries included. */
  readonly overAfterMs: number;
  readonly #clock: Clock;
  readonly #firstPauseMs: number;
  readonly #isProxyUnused: boolean;
  readonly #userAgent: string;
  readonly #observer: Observer;
  readonly #reportError: (error: unknown) => void;

  constructor(options: ClientOptions) {
    this.webhook = options.webhook;
    this.budget = options.budget;
    this.timeoutMs = options.timeoutMs;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#firstPauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
    // What is on this machine needs no proxy.
    this.#isProxyUnused = options.isProxyUnused === true && !options.webhook.isLoopback;
    this.leaveWithinMs = Math.min(REPEAT_WITHIN_MS, options.timeoutMs);
    this.overAfterMs = this.leaveWithinMs + options.timeoutMs;
    this.#userAgent = `bulk-invite/${options.version}`;
    this.#observer = options.observer ?? NO_OBSERVER;
    this.#reportError = options.reportError ?? (() => {});
  }

  /**
   * Sends one request, and again what may be repeated, each time in its place in the budget.
   *
   * @returns the portal's result or a classified failure; never throws for the portal's sake. An answer
   * is returned whatever becomes of the budget after it: without it, pairs that were surely not
   * executed would be in doubt.
   * @throws what the budget's Redis refuses before any answer
   */
  async send(method: string, parameters: Parameters, options: SendOptions): Promise<PostResult> {
    let reserved = options.reserved ?? false;
    let deadline = options.leaveBy;
    let last: PostResult | undefined;
    const tooLate: PostResult = { ok: false, failure: TOO_LATE };
    const interrupted: PostResult = { ok: false, failure: INTERRUPTED };
    const maxWaitMs = () => deadline?.leftMs ?? Number.POSITIVE_INFINITY;
    const sendOnce = async (): Promise<PostResult | undefined> => {
      if (!reserved && !(await this.#takePlace(maxWaitMs(), options.signal))) return undefined;
      reserved = false;
      deadline ??= new Deadline(this.#clock, this.leaveWithinMs);
      last = await this.#post(method, parameters, options);
      return last;
    };
    // Slot and place at once: who holds a slot should not wait for a place, nor the other way round.
    const withSlot = () =>
      this.#withSlot(maxWaitMs(), options.signal, () => {
        reserved = true;
        return sendOnce();
      });
    const attempt = async (): Promise<PostResult> => {
      if (options.signal?.aborted) return interrupted;
      // Whoever counts on the request being over cannot wait for a place that comes later.
      if (deadline?.isOver) return last ?? tooLate;
      const answer = await (options.withSlot ? withSlot() : sendOnce());
      if (answer === undefined) return options.signal?.aborted ? interrupted : (last ?? tooLate);
      if (answer.ok) return answer;
      if (answer.failure.kind === 'rate_limited') await this.budget.drain();
      if (isRepeatable(answer.failure, options.repeat)) throw new Repeatable(answer.failure);
      return answer;
    };
    try {
      return await pRetry(attempt, {
        retries: TRIES - 1,
        minTimeout: this.#firstPauseMs,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof Repeatable && !options.signal?.aborted,
      });
    } catch (error) {
      if (error instanceof Repeatable) return { ok: false, failure: error.failure };
      if (last === undefined) throw error;
      this.#reportError(error);
      return last;
    }
  }

  /** @returns false when the place came too late, or the signal aborted before */
  async #takePlace(maxWaitMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    const place = await this.budget.take(maxWaitMs);
    if (!place.taken) return false;
    if (place.waitMs > 0) await this.#clock.sleep(place.waitMs, signal);
    return !signal?.aborted;
  }

  /** Of all requests that wait for slots only so many are in flight at once. */
  async #withSlot(
    maxWaitMs: number,
    signal: AbortSignal = new AbortController().signal,
    send: () => Promise<PostResult | undefined>,
  ): Promise<PostResult | undefined> {
    const id = randomUUID();
    if (!(await this.budget.enter(id, this.timeoutMs, signal, maxWaitMs))) return undefined;
    try {
      return await send();
    } finally {
      await this.budget.release(id);
    }
  }

  async #post(
    method: string,
    parameters: Parameters,
    { signal, leaveBy }: SendOptions,
  ): Promise<PostResult> {
    const leftAt = performance.now();
    const { webhook, timeoutMs } = this;
    const userAgent = this.#userAgent;
    const mayLeave = leaveBy && (() => !leaveBy.isOver);
    const isProxyUnused = this.#isProxyUnused;
    const options = { timeoutMs, userAgent, signal, mayLeave, isProxyUnused };
    const answer = await post(webhook, method, parameters, options);
    const seconds = (performance.now() - leftAt) / 1_000;
    this.#observer.requestEnded(method, answer.ok ? 'answered' : answer.failure.kind, seconds);
    return answer;
  }
}
