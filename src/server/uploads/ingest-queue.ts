import PQueue from 'p-queue';
import type { App } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { discardImport } from '../../ingest/discard-import.ts';
import type { IngestSource } from '../../ingest/ingest.ts';
import type { IngestWorkers } from '../../ingest/worker/ingest-workers.ts';
import type { IngestFailure } from '../../ingest/worker/protocol.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { type IngestLease, LeaseRenewal } from '../../ledger/imports/ingest-lease.ts';
import type { Progress } from '../schemas/import-schema.ts';
import { NOTHING_READ, runIngest } from './run-ingest.ts';

/** Files that are read at once; SQLite writes one at a time anyway. */
const AT_ONCE = 2;
/** Files beyond those that wait for the portal at most: each keeps its thread. */
const MAX_WAITING = 8;

const UNEXPECTED: IngestFailure = {
  title: 'The file could not be read.',
  remedy: 'The program’s log has the reason.',
  coded: { code: 'file_not_read', params: {} },
};

export interface IngestQueueOptions {
  /** Who handed the file in. */
  actor: string;
  /** Start the import as soon as it is read. */
  start?: boolean;
  /** The right to read it. @default taken when nobody else has it */
  lease?: IngestLease;
  /** Something of it was read before, and goes first. */
  again?: boolean;
  /** An import that goes when this one is read. */
  replaces?: number | undefined;
  /** Done when it could not be read, before that is told. */
  onFailure?: () => Promise<void>;
}

/** Told when an import is ready, which one it replaced, and whether it was started. */
type OnRead = (importId: number, replaced: number | undefined, started: boolean) => void;

/** An import whose file is being read, or waits for that. */
interface QueuedIngest {
  progress: Progress;
  /** Who cancels the import, and has its reading broken off. */
  cancelledBy: string | undefined;
  /** Its file is to be read in another way; the import stays as one that is being read. */
  isSetAside: boolean;
  readonly stopped: AbortController;
  /** Why the file could not be read, or null; never rejects. */
  ended: Promise<IngestFailure | null>;
}

/** Where files are read into imports, a few at once, each in a thread of its own. */
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

  /** @param onRead told when an import is ready */
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

  /** @returns how far an import is on its way into the ledger; undefined when it is there */
  progressOf(importId: number): Progress | undefined {
    return this.#readings.get(importId)?.progress;
  }

  /** @returns why a file that is being read could not be read, or null; undefined when none is being read */
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
      isSetAside: false,
      stopped: new AbortController(),
      ended: Promise.resolve(null),
    };
    this.#readings.set(importId, reading);
    // Kept by the thread later: while that writes, nobody else on SQLite can.
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

  /** Breaks off the reading of an import, wherever it is read, and cancels the import. */
  async cancel(importId: number, actor: string): Promise<void> {
    const reading = this.#readings.get(importId);
    if (reading !== undefined) {
      reading.cancelledBy = actor;
      reading.stopped.abort();
      await reading.ended;
    }
    await discardImport(this.#app.db, importId, { actor });
  }

  /** Breaks off the reading of an import in this process; the import stays as one that is being read. */
  async setAside(importId: number): Promise<void> {
    const reading = this.#readings.get(importId);
    if (reading === undefined) return;
    reading.isSetAside = true;
    reading.stopped.abort();
    await reading.ended;
  }

  /** Ends all readings; their imports stay as they are, to be read again at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const readings = [...this.#readings.values()];
    for (const { stopped } of readings) stopped.abort();
    await Promise.all(readings.map(({ ended }) => ended));
  }

  /** Reads another file while one waits for the portal's answer. */
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
    { cancelledBy, isSetAside }: QueuedIngest,
  ): Promise<IngestFailure | null> {
    if (problem !== null) {
      const isCancelled = cancelledBy !== undefined;
      if (!isCancelled && isSetAside) return { ...problem, isCancelled: true };
      // Another process that has taken the reading over does with the import what it likes.
      if (!isCancelled && (this.#closing || problem.isLost === true)) return problem;
      const why = isCancelled ? { actor: cancelledBy } : { problem };
      const isAbandoned = await discardImport(this.#app.db, importId, why);
      // All of it may be in the ledger, and only the word of that be lost.
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
