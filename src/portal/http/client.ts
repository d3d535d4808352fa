import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { NO_OBSERVER, type Observer } from '../../domain/observer.ts';
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
  /** Receives every HTTP request. @default none */
  observer?: Observer;
  /**
   * Called with an error that keeps the budget from being updated after an answer, such as a Redis
   * that refuses writes. @default none
   */
  reportError?: (error: unknown) => void;
  /** Pause before the first retry, in milliseconds; each later pause is longer. @default 250 */
  firstPauseMs?: number;
  /** The environment names a proxy that Node.js does not use. @default false */
  isProxyUnused?: boolean;
  /** @default the system's */
  clock?: Clock;
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** The slot, and the first try's place in the bucket, are already reserved. @default false */
  reserved?: boolean;
  /** No byte leaves after it. @default none for the first try; retries stop after some seconds */
  leaveBy?: Deadline;
  /** Waits for a slot, as inviting requests do. @default false: a person waits for the answer */
  withSlot?: boolean;
  repeat: Repeat;
}

const FIRST_PAUSE_MS = 250;

/** Sends requests to one portal. */
export class PortalClient {
  readonly webhook: Webhook;
  readonly budget: Budget;
  readonly timeoutMs: number;
  /** A request leaves within this time after its mark, all tries included, in milliseconds. */
  readonly leaveWithinMs: number;
  /** Time after which a request that leaves now is over, all tries included, in milliseconds. */
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
    // A portal on this machine needs no proxy.
    this.#isProxyUnused = options.isProxyUnused === true && !options.webhook.isLoopback;
    this.leaveWithinMs = Math.min(REPEAT_WITHIN_MS, options.timeoutMs);
    this.overAfterMs = this.leaveWithinMs + options.timeoutMs;
    this.#userAgent = `bulk-invite/${options.version}`;
    this.#observer = options.observer ?? NO_OBSERVER;
    this.#reportError = options.reportError ?? (() => {});
  }

  /**
   * Sends one request, and retries it where that is allowed. Each try takes its own place in the budget.
   *
   * @returns the portal's result or a classified failure; errors of the portal never throw. An answer
   * is returned even when the budget cannot be updated after it: without it, pairs that were surely not
   * executed would be in doubt.
   * @throws an error of the budget's Redis before any answer
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
    // Slot and place at once: a request with a slot should not wait for a place, nor the reverse.
    const withSlot = () =>
      this.#withSlot(maxWaitMs(), options.signal, () => {
        reserved = true;
        return sendOnce();
      });
    const attempt = async (): Promise<PostResult> => {
      if (options.signal?.aborted) return interrupted;
      // The caller counts on the request being over, so a later place is of no use.
      if (deadline?.isOver) return last ?? tooLate;
      const answer = await (options.withSlot ? withSlot() : sendOnce());
      if (answer === undefined) return options.signal?.aborted ? interrupted : (last ?? tooLate);
      if (answer.ok) return answer;
      if (answer.failure.kind === 'rate_limited') await this.budget.fillBucket();
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

  /** @returns false when the place comes too late or the signal aborts first */
  async #takePlace(maxWaitMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    const place = await this.budget.take(maxWaitMs);
    if (!place.taken) return false;
    if (place.waitMs > 0) await this.#clock.sleep(place.waitMs, signal);
    return !signal?.aborted;
  }

  /** Sends while holding a slot; the budget limits the number of slots. */
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
