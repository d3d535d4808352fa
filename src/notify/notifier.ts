import type { Logger } from 'pino';
import { backoffMs } from '../domain/time/backoff.ts';
import type { Db } from '../ledger/db/schema.ts';
import { claimNotice, removeNotice, returnNotice } from '../ledger/imports/notices.ts';
import { deliver, type Receiver, ROUND_MS } from './deliver.ts';

/** How often the ledger is polled for notices, in milliseconds. */
const POLL_MS = 1_000;
/** The pause after a round that failed doubles from half a minute to an hour. */
const BACKOFF = { firstMs: 30_000, longestMs: 3_600_000 };
/** Age above which a notice is dropped, in milliseconds. */
const OLDEST_MS = 3 * 86_400_000;
/** Longest time for the last deliveries when the program ends, in milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/**
 * Delivers the notices in the ledger, oldest first, each at least once: a notice is deleted after its delivery,
 * and is due again when the process that claimed it dies. Any number of processes can run a notifier.
 */
export class Notifier implements AsyncDisposable {
  readonly #db: Db;
  readonly #receiver: Receiver;
  readonly #log: Logger;
  readonly #reportError: (error: unknown) => void;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isBusy = false;

  /** @param reportError called each time when the ledger cannot be read */
  constructor(db: Db, receiver: Receiver, log: Logger, reportError: (error: unknown) => void) {
    this.#db = db;
    this.#receiver = receiver;
    this.#log = log;
    this.#reportError = reportError;
  }

  start(): void {
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
    this.#poll();
  }

  /** Delivers due notices, returns those that take too long, and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    const deadline = setTimeout(() => this.#abort.abort(), CLOSE_TIMEOUT_MS);
    await this.#round;
    this.#poll();
    await this.#round;
    clearTimeout(deadline);
  }

  #poll(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#round = this.#deliverAll()
      .catch(this.#reportError)
      .finally(() => {
        this.#isBusy = false;
      });
  }

  async #deliverAll(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const notice = await claimNotice(this.#db, ROUND_MS);
      if (notice === undefined) return;
      const { id, key, event, attempts, ageMs } = notice;
      const about = { notice: key, event };
      if (ageMs > OLDEST_MS) {
        // Without a failed attempt it dates from a time without NOTIFY_URL.
        if (attempts > 0)
          this.#log.error(about, 'gave up: NOTIFY_URL has not accepted this for three days');
        await removeNotice(this.#db, id);
        continue;
      }
      try {
        await deliver(notice, this.#receiver, this.#abort.signal);
        await removeNotice(this.#db, id);
        this.#log.info(about, 'delivered to NOTIFY_URL');
      } catch (error) {
        const failed = !this.#abort.signal.aborted;
        const dueInMs = failed ? backoffMs(attempts + 1, BACKOFF, Math.random) : 0;
        await returnNotice(this.#db, id, { dueInMs, failed });
        if (failed)
          this.#log.warn({ ...about, err: error, dueInMs }, 'delivery to NOTIFY_URL failed');
      }
    }
  }
}
