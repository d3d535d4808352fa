import { inSlices } from '../../domain/slices.ts';
import {
  type Call,
  type CallResult,
  MAX_COMMANDS,
  refersToResults,
  sendCalls,
} from '../http/batch.ts';
import type { PortalClient } from '../http/client.ts';
import { isAboutMethod, type PortalFailure, ranLong } from '../http/failure.ts';
import { unusablePortal } from '../http/portal-problem.ts';
import { type WaitOptions, WaitPolicy } from '../http/wait-policy.ts';

export interface ReadOptions extends Partial<WaitOptions> {
  /** Requests in flight at once. @default 4 */
  concurrency?: number | undefined;
}

const CONCURRENCY = 4;

/**
 * Sends reading calls, as many as fit in a request; each request takes its place in the budget. Calls
 * that the portal rate-limits or does not answer are repeated, with growing pauses; calls that are too
 * many for one request are repeated in halves.
 *
 * @returns a result for each call, in their order; the only failures are those of single calls:
 * `refused`, and `held` where the webhook may not call the method or the portal does not have it
 * @throws Problem when the portal as a whole refuses, cannot be reached, or keeps us waiting too long
 * @throws the signal's reason when it aborts
 */
export async function readAll(
  client: PortalClient,
  calls: readonly Call[],
  { concurrency = CONCURRENCY, ...options }: ReadOptions = {},
): Promise<CallResult[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  const reader = new Reader(client, calls, { ...options, signal });
  const readers = Array.from({ length: concurrency }, () => reader.work());
  try {
    await Promise.all(readers);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(readers);
    throw error;
  }
  return reader.results();
}

/** Calls of one request. */
interface Bundle {
  /** Their positions among all calls. */
  places: readonly number[];
  /** Number of failed attempts in a row. */
  failures: number;
  /** Time of the first of these, by `performance.now()`. */
  since: number;
}

const travelsAlone = ({ parameters }: Call): boolean => refersToResults(JSON.stringify(parameters));

class Reader {
  readonly #client: PortalClient;
  readonly #calls: readonly Call[];
  readonly #signal: AbortSignal;
  readonly #waitPolicy: WaitPolicy;
  readonly #results = new Map<number, CallResult>();
  readonly #bundles: Bundle[];

  constructor(client: PortalClient, calls: readonly Call[], options: WaitOptions) {
    this.#client = client;
    this.#calls = calls;
    this.#signal = options.signal;
    this.#waitPolicy = new WaitPolicy(client.webhook.portal, options);
    const lone = calls.flatMap((call, place) => (travelsAlone(call) ? [[place]] : []));
    const others = calls.flatMap((call, place) => (travelsAlone(call) ? [] : [place]));
    const bundles = [...inSlices(others, MAX_COMMANDS), ...lone];
    this.#bundles = bundles.map((places) => ({ places, failures: 0, since: 0 }));
  }

  /** Sends bundles until none is left; several calls of it can run side by side. */
  async work(): Promise<void> {
    for (let bundle = this.#bundles.shift(); bundle; bundle = this.#bundles.shift()) {
      this.#signal.throwIfAborted();
      const { left, failure } = await this.#send(bundle.places);
      this.#signal.throwIfAborted();
      if (failure === undefined) {
        this.#waitPolicy.reset();
        continue;
      }
      const isNew = bundle.failures === 0 || left.length < bundle.places.length;
      const since = isNew ? performance.now() : bundle.since;
      const failures = isNew ? 1 : bundle.failures + 1;
      await this.#waitPolicy.wait(failure, failures, since);
      const size = ranLong(failure) ? Math.ceil(left.length / 2) : left.length;
      const halves = [left.slice(0, size), left.slice(size)].filter(({ length }) => length > 0);
      this.#bundles.unshift(...halves.map((places) => ({ places, failures, since })));
    }
  }

  results(): CallResult[] {
    return this.#calls.map((call, place) => {
      const result = this.#results.get(place);
      if (result === undefined) throw new Error(`${call.method} was never answered`);
      return result;
    });
  }

  /** @returns the positions of the calls to repeat, and why */
  async #send(
    places: readonly number[],
  ): Promise<{ left: readonly number[]; failure?: PortalFailure }> {
    const calls = places.flatMap((place) => this.#calls[place] ?? []);
    const answer = await sendCalls(this.#client, calls, {
      signal: this.#signal,
      repeat: 'always',
      onWait: () => this.#waitPolicy.report('operating'),
    });
    if (!answer.ok && calls.length > 1) {
      this.#stopUnlessPassing(answer.failure);
      return { left: places, failure: answer.failure };
    }
    const results = answer.ok ? answer.results : [answer];
    const left: number[] = [];
    let last: PortalFailure | undefined;
    for (const [index, result] of results.entries()) {
      const place = places[index] ?? 0;
      if (result.ok || result.failure.kind === 'refused' || isAboutMethod(result.failure)) {
        this.#results.set(place, result);
        continue;
      }
      this.#stopUnlessPassing(result.failure);
      left.push(place);
      last = result.failure;
    }
    return last === undefined ? { left } : { left, failure: last };
  }

  #stopUnlessPassing(failure: PortalFailure): void {
    this.#signal.throwIfAborted();
    if (failure.kind === 'not_sent' || failure.kind === 'held' || failure.kind === 'refused') {
      throw unusablePortal(this.#client.webhook.portal, failure);
    }
  }
}
