import PQueue from 'p-queue';
import type { App } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { discardImport } from '../../ingest/discard-import.ts';
import type { IngestSource } from '../../ingest/ingest.ts';
import type { IngestWorkers } from '../../ingest/worker/ingest-workers.ts';
import type { IngestFailure } from '../../ingest/worker/protocol.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { type IngestLease, LeaseRenewal } from '../../ledger/imports/ingest-lease.ts';
import { problem } from '../../messages/problems.ts';
import type { Progress } from '../schemas/import-schema.ts';
import { NOTHING_READ, runIngest } from './run-ingest.ts';

/** Number of files that are read at once; SQLite writes one at a time anyway. */
const AT_ONCE = 2;
/** Maximum number of further files that wait for the portal; each keeps its thread. */
const MAX_WAITING = 8;

const UNEXPECTED: IngestFailure = problem('file_not_read', {}).coded;

export interface IngestQueueOptions {
  /** Who uploaded the file. */
  actor: string;
  /** Start the import as soon as it is read. */
  start?: boolean;
  /** The lease to read the file. @default acquired when no other process holds it */
  lease?: IngestLease;
  /** A part of the file was read before, and is deleted first. */
  again?: boolean;
  /** An import that is removed when this one is read. */
  replaces?: number | undefined;
  /** Called when the file could not be read, before the failure is reported. */
  onFailure?: () => Promise<void>;
}

/** Called when an import is ready, with the import that it replaced and whether it was started. */
type OnRead = (importId: number, replaced: number | undefined, started: boolean) => void;

interface QueuedIngest {
  progress: Progress;
  /** Who cancels the import, which stops its reading. */
  cancelledBy: string | undefined;
  /** The file is to be read with other options; the import stays in the state `reading`. */
  isSuspended: boolean;
  readonly stopped: AbortController;
  /** Resolves to the reason why the file could not be read, or null; never rejects. */
  ended: Promise<IngestFailure | null>;
}

/** Reads files into imports, a few at once, each in its own thread. */
export class IngestQueue {
  readonly #app: App;
  readonly #config: Config;
  readonly #reportError: (error: unknown) => void;
  readonly #onRead: OnRead;
  readonly #readings = new Map<number, QueuedIngest>();
  readonly #queue = new PQueue({ concurrency: AT_ONCE });
  #waiting = 0;
  readonly #threads: IngestWorkers;
  #closing = false;

  constructor(
    app: App,
    threads: IngestWorkers,
    config: Config,
    onRead: OnRead,
    reportError: (error: unknown) => void,
  ) {
    this.#app = app;
    this.#threads = threads;
    this.#config = config;
    this.#onRead = onRead;
    this.#reportError = reportError;
  }

  /** @returns the progress of reading an import; undefined when it is not being read */
  progressOf(importId: number): Progress | undefined {
    return this.#readings.get(importId)?.progress;
  }

  /** @returns why the file could not be read, or null; undefined when it is not being read */
  endOf(importId: number): Promise<IngestFailure | null> | undefined {
    return this.#readings.get(importId)?.ended;
  }

  /**
   * Reads a file into its import.
   *
   * @returns why it could not be read, or null; never rejects
   */
  read(
    importId: number,
    source: IngestSource,
    options: IngestQueueOptions,
  ): Promise<IngestFailure | null> {
    const reading: QueuedIngest = {
      progress: NOTHING_READ,
      cancelledBy: undefined,
      isSuspended: false,
      stopped: new AbortController(),
      ended: Promise.resolve(null),
    };
    this.#readings.set(importId, reading);
    // The thread renews the lease later: while it writes, nothing else can write to SQLite.
    const waiting = options.lease && new LeaseRenewal(this.#app.db, options.lease);
    reading.ended = this.#queue
      .add(async () => {
        if (reading.stopped.signal.aborted || this.#closing) {
          await waiting?.[Symbol.asyncDispose]();
          return UNEXPECTED;
        }
        const lease = await waiting?.handOver();
        const whileWaiting = <T>(wait: () => Promise<T>) => this.#whileWaiting(wait);
        const { actor, again = false, start = false, replaces } = options;
        const task = { importId, lease, source, actor, again, start, replaces };
        return runIngest(this.#app, this.#config, task, {
          ...{ threads: this.#threads, whileWaiting, signal: reading.stopped.signal },
          onProgress: (progress) => {
            reading.progress = progress;
          },
        });
      })
      .catch((error: unknown) => {
        this.#reportError(error);
        return UNEXPECTED;
      })
      .then(async (result) => {
        const problem = await this.#conclude(importId, result, options, reading);
        if (problem !== null && !this.#closing) await options.onFailure?.();
        return problem;
      })
      .catch((error: unknown) => {
        this.#reportError(error);
        return UNEXPECTED;
      })
      .finally(() => this.#readings.delete(importId));
    return reading.ended;
  }

  /** Stops the reading of an import, in any process, and cancels the import. */
  async cancel(importId: number, actor: string): Promise<void> {
    const reading = this.#readings.get(importId);
    if (reading !== undefined) {
      reading.cancelledBy = actor;
      reading.stopped.abort();
      await reading.ended;
    }
    await discardImport(this.#app.db, importId, { actor });
  }

  /** Stops the reading of an import in this process; the import stays in the state `reading`. */
  async suspend(importId: number): Promise<void> {
    const reading = this.#readings.get(importId);
    if (reading === undefined) return;
    reading.isSuspended = true;
    reading.stopped.abort();
    await reading.ended;
  }

  /** Stops all readings; their imports stay unchanged, to be read again at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const readings = [...this.#readings.values()];
    for (const { stopped } of readings) stopped.abort();
    await Promise.all(readings.map(({ ended }) => ended));
  }

  /** Reads another file while one waits for the answer of the portal. */
  async #whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) return wait();
    this.#waiting += 1;
    this.#queue.concurrency += 1;
    try {
      return await wait();
    } finally {
      this.#waiting -= 1;
      this.#queue.concurrency -= 1;
    }
  }

  async #conclude(
    importId: number,
    problem: IngestFailure | null,
    { start, replaces }: IngestQueueOptions,
    { cancelledBy, isSuspended }: QueuedIngest,
  ): Promise<IngestFailure | null> {
    if (problem !== null) {
      const isCancelled = cancelledBy !== undefined;
      if (!isCancelled && isSuspended) return { ...problem, isCancelled: true };
      // A process that has taken over the reading decides about the import.
      if (!isCancelled && (this.#closing || problem.isLost === true)) return problem;
      const why = isCancelled ? { actor: cancelledBy } : { problem };
      const isAbandoned = await discardImport(this.#app.db, importId, why);
      // Everything can be in the ledger, and only the confirmation lost.
      if (isAbandoned || !(await this.#isRead(importId))) return { ...problem, isCancelled };
    }
    this.#onRead(importId, replaces, start ?? false);
    return null;
  }

  async #isRead(importId: number): Promise<boolean> {
    const found = await findImport(this.#app.db, importId);
    return found !== undefined && found.state !== 'reading' && found.state !== 'cancelled';
  }
}
