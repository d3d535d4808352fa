import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { NO_OBSERVER, type Observer } from '../domain/observer.ts';
import type { Budget } from './budget/budget.ts';
import { type Answer, post } from './post.ts';
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
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** It has its lane, and the first try its place in the bucket, already. */
  reserved?: boolean;
  /** Waits for a lane, as inviting requests do. @default false: a person waits for what it reads */
  inLane?: boolean;
  repeat: Repeat;
}

const INTERRUPTED: Answer = {
  ok: false,
  failure: { kind: 'not_sent', code: 'INTERRUPTED', description: 'the program is ending' },
};

/** Sends requests to one portal. */
export class PortalClient {
  readonly webhook: Webhook;
  readonly budget: Budget;
  readonly timeoutMs: number;
  /** Milliseconds after which a request that leaves now is over, all tries included. */
  readonly overAfterMs: number;
  readonly #repeatWithinMs: number;
  readonly #userAgent: string;
  readonly #observer: Observer;

  constructor(options: ClientOptions) {
    this.webhook = options.webhook;
    this.budget = options.budget;
    this.timeoutMs = options.timeoutMs;
    this.#repeatWithinMs = Math.min(REPEAT_WITHIN_MS, options.timeoutMs);
    this.overAfterMs = this.#repeatWithinMs + options.timeoutMs;
    this.#userAgent = `bulk-invite/${options.version}`;
    this.#observer = options.observer ?? NO_OBSERVER;
  }

  /**
   * Sends one request, and again what may be repeated, each time in its place in the budget.
   *
   * @returns the portal's result or a classified failure; never throws for the portal's sake
   */
  async send(method: string, parameters: Parameters, options: SendOptions): Promise<Answer> {
    let reserved = options.reserved ?? false;
    let firstStart: number | undefined;
    let last: Answer = INTERRUPTED;
    const sendOnce = async (): Promise<Answer | undefined> => {
      if (!reserved && !(await this.#takePlace(this.#patienceMs(firstStart), options.signal))) {
        return undefined;
      }
      reserved = false;
      firstStart ??= performance.now();
      return this.#post(method, parameters, options.signal);
    };
    // Lane and place at once: who holds a lane should not wait for a place, nor the other way round.
    const inLane = () =>
      this.#inLane(this.#patienceMs(firstStart), options.signal, () => {
        reserved = true;
        return sendOnce();
      });
    const attempt = async (): Promise<Answer> => {
      if (options.signal?.aborted) return INTERRUPTED;
      if (this.#patienceMs(firstStart) === 0) return last;
      const answer = await (options.inLane ? inLane() : sendOnce());
      if (answer === undefined) return options.signal?.aborted ? INTERRUPTED : last;
      if (answer.ok) return answer;
      last = answer;
      if (answer.failure.kind === 'rate_limited') await this.budget.drain();
      if (isRepeatable(answer.failure, options.repeat)) throw new Repeatable(answer.failure);
      return answer;
    };
    try {
      return await pRetry(attempt, {
        retries: TRIES - 1,
        minTimeout: 250,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof Repeatable && !options.signal?.aborted,
      });
    } catch (error) {
      if (error instanceof Repeatable) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  /** Whoever counts on the request being over cannot wait for a place that comes later. */
  #patienceMs(firstStart: number | undefined): number {
    if (firstStart === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, firstStart + this.#repeatWithinMs - performance.now());
  }

  /** @returns false when the place came too late, or the signal aborted before */
  async #takePlace(patienceMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    const place = await this.budget.take(patienceMs);
    if (!place.taken) return false;
    try {
      if (place.waitMs > 0) await sleep(place.waitMs, undefined, signal ? { signal } : {});
      return true;
    } catch (error) {
      if (signal?.aborted) return false;
      throw error;
    }
  }

  /** Of all requests that wait for lanes only so many are in flight at once. */
  async #inLane(
    patienceMs: number,
    signal: AbortSignal = new AbortController().signal,
    send: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const id = randomUUID();
    if (!(await this.budget.enter(id, this.timeoutMs, signal, patienceMs))) return undefined;
    try {
      return await send();
    } finally {
      await this.budget.release(id);
    }
  }

  async #post(
    method: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const leftAt = performance.now();
    const { webhook, timeoutMs } = this;
    const userAgent = this.#userAgent;
    const answer = await post(webhook, method, parameters, { timeoutMs, userAgent, signal });
    const seconds = (performance.now() - leftAt) / 1_000;
    this.#observer.requestEnded(method, answer.ok ? 'answered' : answer.failure.kind, seconds);
    return answer;
  }
}
