import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The request would have run longer than the gateway waits. */
export class RequestCut extends Error {
  override readonly name = 'RequestCut';
}

/** The current speed of the server. */
export interface ServerSpeed {
  /** Server seconds after which the request is cut. */
  requestLimitSeconds(): number;
  /** Factor by which work takes longer than normally, 1 for normal. */
  slowdown(): number;
  /** Aborts when the server stops: nothing more is executed then. */
  readonly signal: AbortSignal;
}

/** Timers are no finer, and late by as much; the next wait makes up for the difference. */
const SHORTEST_WAIT_MS = 1;

/**
 * The server time of one request. It really passes, but the planned time counts rather than the
 * measured one, so that the seconds in answers are exact.
 */
export class ServerWork {
  readonly #pace: ServerSpeed;
  readonly #startedAt = performance.now();
  #seconds = 0;

  constructor(pace: ServerSpeed) {
    this.#pace = pace;
  }

  /** Server seconds spent so far. */
  get seconds(): number {
    return this.#seconds;
  }

  /**
   * Spends server time; resolves when it has passed.
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
