import type { Clock } from '../../domain/time/clock.ts';
import { type Call, type CallResult, MAX_COMMANDS, sendCalls } from '../http/batch.ts';
import type { PortalClient } from '../http/client.ts';
import { type PortalFailure, ranLong } from '../http/failure.ts';
import { orSilent } from '../http/silence.ts';
import { SCOPE } from '../methods/scopes.ts';

/** Result of one call. */
export type TimedResult = CallResult & {
  /** When the answer came, in milliseconds of the monotonic clock. */
  at: number;
  /** The same by the portal's clock, in Unix seconds, if the answer contains it. */
  portalTime?: number | undefined;
  /** The failure is not about this call: the portal refuses everything. */
  refusesAll?: boolean;
};

/**
 * Most requests in a row that run long; after one more, the rest is left for another time. From fifty
 * calls down to one it takes seven, and then their size is not the cause.
 */
const MOST_LONG = 8;
/** Requests stay reduced for this time, in milliseconds: one that is too large costs a minute. */
const SMALL_MS = 600_000;

/**
 * Sends reading calls of one kind, as many as fit in a request; each request takes its place in the
 * budget and a slot. Calls that are too many for one request are sent in halves, and so are the
 * following ones. Unlike `readAll`, it does not wait for calls without an answer after the client's few
 * tries: the next turn of the chunk repeats them.
 */
export class OnceReader {
  readonly #client: PortalClient;
  readonly #clock: Clock;
  /** Calls of a request after one that ran long. */
  #small = MAX_COMMANDS;
  #smallUntil = Number.NEGATIVE_INFINITY;

  constructor(client: PortalClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** @returns a result for each call, in their order */
  async read(calls: readonly Call[], signal: AbortSignal): Promise<TimedResult[]> {
    const results: TimedResult[] = [];
    let long = 0;
    while (results.length < calls.length) {
      const some = calls.slice(results.length, results.length + this.#most());
      const answer = await sendCalls(this.#client, some, {
        signal,
        repeat: 'always',
        withSlot: true,
      });
      const at = this.#clock.monotonic();
      if (answer.ok) {
        const portalTime = latestFinish(answer.results);
        results.push(...answer.results.map((result) => ({ ...result, at, portalTime })));
        long = 0;
        continue;
      }
      const failure = await orSilent(this.#client, answer.failure, signal);
      long = ranLong(failure) ? long + 1 : 0;
      if (failure.kind === 'silent' || long > MOST_LONG) {
        const rest = calls.slice(results.length);
        results.push(...rest.map(() => ({ ok: false as const, failure, at })));
      } else if (long > 0 && some.length > 1) {
        this.#small = Math.ceil(some.length / 2);
        this.#smallUntil = at + SMALL_MS;
      } else {
        const refusesAll = some.length > 1 || (await this.#deniesEverything(failure, signal));
        results.push(...some.map(() => ({ ok: false as const, failure, at, refusesAll })));
      }
    }
    return results;
  }

  #most(): number {
    return this.#clock.monotonic() < this.#smallUntil ? this.#small : MAX_COMMANDS;
  }

  /**
   * The same code denies a method to the webhook, or REST to the portal's plan: a method that every
   * webhook may call shows which.
   */
  async #deniesEverything({ code }: PortalFailure, signal: AbortSignal): Promise<boolean> {
    if (code.toUpperCase() !== 'ACCESS_DENIED') return false;
    const answer = await this.#client.send(SCOPE, {}, { signal, repeat: 'always', withSlot: true });
    return !answer.ok && answer.failure.code !== 'ERROR_METHOD_NOT_FOUND';
  }
}

/** When the portal ended the last call of a request, which is when it answered. */
function latestFinish(results: readonly CallResult[]): number | undefined {
  const finishes = results.flatMap((result) =>
    result.ok && result.time ? [result.time.finish] : [],
  );
  return finishes.length === 0 ? undefined : Math.max(...finishes);
}
