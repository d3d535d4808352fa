import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The request would have run longer than the gateway waits. */
export class RequestCut extends Error {
  override readonly name = 'RequestCut';
}

/** How fast the server is at this moment. */
export interface ThroughputMeter {
  /** Server seconds after which the request is cut. */
  requestLimitSeconds(): number;
  /** What work costs more than normally, 1 for no more. */
  slowdown(): number;
  /** Aborts when the server stops: nothing more is executed then. */
  readonly signal: AbortSignal;
}

/** Timers are no finer, and late by as much; what is missing is made good at the next wait. */
const SHORTEST_WAIT_MS = 1;

/**
 * The server time of one request. It really passes, but counts as what it should be rather than
 * as what the timers made of it, so that the seconds told in answers are exact.
 */
export class PipelineContext {
  readonly #pace: ThroughputMeter;
  readonly #startedAt = performance.now();
  #seconds = 0;

  constructor(pace: ThroughputMeter) {
    this.#pace = pace;
  }

  /** Server seconds spent so far. */
  get seconds(): number {
    return this.#seconds;
  }

  /**
   * Spends server time; ends when it has passed.
   * @throws RequestCut when the request's limit comes first
   * @throws the signal's reason when the server stops meanwhile
   */
  async spend(seconds: number): Promise<void> {
    const until = this.#seconds + seconds * this.#pace.slowdown();
    const limit = this.#pace.requestLimitSeconds();
    this.#seconds = Math.min(until, Math.max(limit, this.#seconds));
    const waitMs = this.#startedAt + this.#seconds * 1000 - performance.now();
    if (waitMs >= SHORTEST_WAIT_MS) {
      await sleep(Math.floor(waitMs), undefined, { signal: this.#pace.signal });
    }
    this.#pace.signal.throwIfAborted();
    if (until > limit) throw new RequestCut('The request ran longer than the gateway timeout.');
  }
}
