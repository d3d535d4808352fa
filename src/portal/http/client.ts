import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { NO_OBSERVER, type Observer } from '../../domain/observer.ts';
import { type Clock, SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { Deadline } from '../../domain/time/deadline.ts';
import { HttpAgents } from '../../platform/network/http-agents.ts';
import type { Budget } from '../budget/budget.ts';
import { ProfileReader } from '../profile/profile-reader.ts';
import type { ClientOptions, SendOptions } from './client-options.ts';
import { INTERRUPTED, TOO_LATE } from './failure.ts';
import { type PostResult, post } from './post.ts';
import type { Parameters } from './query-string.ts';
import { readCost } from './read-cost.ts';
import { isRepeatable, REPEAT_WITHIN_MS, Repeatable, TRIES } from './repeat.ts';
import type { Webhook } from './webhook.ts';

const FIRST_PAUSE_MS = 250;

/** Sends requests to one portal. */
export class PortalClient {
  readonly webhook: Webhook;
  readonly budget: Budget;
  /** Who the webhook is and what the portal allows. */
  readonly profile: ProfileReader;
  readonly timeoutMs: number;
  /** A request leaves within this time after its mark, all tries included, in milliseconds. */
  readonly leaveWithinMs: number;
  /** Time after which a request that leaves now is over, all tries included, in milliseconds. */
  readonly overAfterMs: number;
  readonly #clock: Clock;
  readonly #firstPauseMs: number;
  readonly #agents: HttpAgents;
  readonly #userAgent: string;
  readonly #observer: Observer;
  readonly #reportError: (error: unknown) => void;

  constructor(options: ClientOptions) {
    this.webhook = options.webhook;
    this.budget = options.budget;
    this.timeoutMs = options.timeoutMs;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#firstPauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
    this.#agents = options.agents ?? new HttpAgents();
    this.leaveWithinMs = Math.min(REPEAT_WITHIN_MS, options.timeoutMs);
    this.overAfterMs = this.leaveWithinMs + options.timeoutMs;
    this.#userAgent = `bulk-invite/${options.version}`;
    this.#observer = options.observer ?? NO_OBSERVER;
    this.#reportError = options.reportError ?? (() => {});
    this.profile = new ProfileReader(this, this.#clock);
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
      deadline ??= new Deadline(this.#clock, this.leaveWithinMs);
      last = await this.#post(method, parameters, options);
      return last;
    };
    const sendReserved = () => {
      reserved = false;
      return sendOnce();
    };
    // All at once: a request with a slot should not wait for a place, nor the reverse.
    const enterAndSend = () => this.#whileEntered(method, maxWaitMs(), options, sendOnce);
    const attempt = async (): Promise<PostResult> => {
      if (options.signal?.aborted) return interrupted;
      // The caller counts on the request being over, so a later place is of no use.
      if (deadline?.isOver) return last ?? tooLate;
      const answer = await (reserved ? sendReserved() : enterAndSend());
      if (answer === undefined) return options.signal?.aborted ? interrupted : (last ?? tooLate);
      if (answer.ok) {
        const cost = options.reserved ? undefined : readCost(method, options.inner, answer);
        if (cost !== undefined) await this.budget.bookRead(cost);
        return answer;
      }
      if (answer.failure.kind === 'rate_limited') await this.budget.fillBucket();
      if (answer.failure.kind === 'operating_limited') await this.budget.closeMethod(method);
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

  /**
   * Sends when the budget has what the request needs.
   *
   * @returns undefined when that comes too late or the signal aborts first
   */
  async #whileEntered(
    method: string,
    maxWaitMs: number,
    { signal = new AbortController().signal, ...options }: SendOptions,
    send: () => Promise<PostResult | undefined>,
  ): Promise<PostResult | undefined> {
    const id = randomUUID();
    const { reserved = false, withSlot = false, isBrief = false, inner, onWait } = options;
    // The server seconds of a reserved request stay reserved for its retries.
    const asked = reserved ? { method: '' } : { method, inner };
    const how = { ...asked, noSlot: !withSlot, isBrief, onWait };
    if (!(await this.budget.enter(id, this.timeoutMs, signal, maxWaitMs, how))) return undefined;
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
    const options = { timeoutMs, userAgent, signal, mayLeave, agents: this.#agents };
    const answer = await post(webhook, method, parameters, options);
    const seconds = (performance.now() - leftAt) / 1_000;
    this.#observer.requestEnded(method, answer.ok ? 'answered' : answer.failure.kind, seconds);
    return answer;
  }
}
