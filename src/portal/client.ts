import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { NO_OBSERVER, type Observer } from '../domain/observer.ts';
import type { Budget } from './budget/budget.ts';
import { type CallTime, readTime } from './call-time.ts';
import { classifyError, classifyException, type PortalFailure } from './failure.ts';
import { parseObject, toText } from './json.ts';
import { readNext } from './pages.ts';
import type { Parameters } from './query-string.ts';
import { isRepeatable, REPEAT_WITHIN_MS, type Repeat, Repeatable, TRIES } from './repeat.ts';
import type { Webhook } from './webhook.ts';

/**
 * What one HTTP request came back with. `result` is as the portal sent it: check its shape. `next`
 * is the `start` of a list's next page, when there is one.
 */
export type Answer =
  | { ok: true; result: unknown; time: CallTime | undefined; next?: number | undefined }
  | { ok: false; failure: PortalFailure };

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
    const attempt = async (): Promise<Answer> => {
      if (options.signal?.aborted) return INTERRUPTED;
      if (this.#patienceMs(firstStart) === 0) return last;
      if (!reserved) {
        const place = await this.#takePlace(this.#patienceMs(firstStart), options.signal);
        if (place === 'interrupted') return INTERRUPTED;
        if (place === 'too_late') return last;
      }
      reserved = false;
      firstStart ??= performance.now();
      const post = () => this.#post(method, parameters, options.signal);
      const answer = await (options.inLane ? this.#inLane(post, options.signal) : post());
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

  async #takePlace(
    patienceMs: number,
    signal: AbortSignal | undefined,
  ): Promise<'taken' | 'too_late' | 'interrupted'> {
    const place = await this.budget.take(patienceMs);
    if (!place.taken) return 'too_late';
    try {
      if (place.waitMs > 0) await sleep(place.waitMs, undefined, signal ? { signal } : {});
      return 'taken';
    } catch (error) {
      if (signal?.aborted) return 'interrupted';
      throw error;
    }
  }

  /** Of all requests that wait for lanes only so many are in flight at once. */
  async #inLane(
    post: () => Promise<Answer>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Answer> {
    const id = randomUUID();
    if (!(await this.budget.enter(id, this.timeoutMs, signal))) return INTERRUPTED;
    try {
      return await post();
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
    const answer = await this.#fetch(method, parameters, signal);
    const seconds = (performance.now() - leftAt) / 1_000;
    this.#observer.requestEnded(method, answer.ok ? 'answered' : answer.failure.kind, seconds);
    return answer;
  }

  async #fetch(
    method: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await fetch(this.webhook.methodUrl(method), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': this.#userAgent },
        body: JSON.stringify(parameters),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      return this.#read(response.status, await response.text(), response.headers.get('location'));
    } catch (error) {
      return { ok: false, failure: this.redact(classifyException(error, timeout.aborted)) };
    }
  }

  #read(status: number, body: string, location: string | null): Answer {
    if (status >= 300 && status < 400) {
      const description = `the portal sends us on to ${URL.parse(location ?? '')?.host ?? 'elsewhere'}`;
      return { ok: false, failure: { kind: 'held', code: 'REDIRECT', description } };
    }
    const answer = parseObject(body);
    if (answer !== undefined && 'error' in answer) {
      const told = classifyError(toText(answer.error), toText(answer.error_description));
      return { ok: false, failure: this.redact(told) };
    }
    if (answer !== undefined && 'result' in answer) {
      const { result, time, next } = answer;
      return { ok: true, result, time: readTime(time), next: readNext(next) };
    }
    const description = `HTTP ${status} without a result that can be read`;
    return { ok: false, failure: { kind: 'unanswered', code: `HTTP_${status}`, description } };
  }

  /** @returns the failure without the webhook's code, which a portal may repeat in its words */
  redact(failure: PortalFailure): PortalFailure {
    const { webhook } = this;
    const code = webhook.redact(failure.code);
    return { ...failure, code, description: webhook.redact(failure.description) };
  }
}
