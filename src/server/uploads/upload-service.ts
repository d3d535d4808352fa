import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { Import } from '../../domain/imports/import.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import type { GivenFormat } from '../../files/csv/detect-format.ts';
import { withTable } from '../../ingest/describe-refused.ts';
import { describeRemembered } from '../../ingest/describe-remembered.ts';
import { describeReread } from '../../ingest/describe-reread.ts';
import { discardImport } from '../../ingest/discard-import.ts';
import type { IngestSource } from '../../ingest/ingest.ts';
import {
  findSource,
  type KeptSource,
  keepSource,
  releaseSource,
} from '../../ingest/kept-source.ts';
import type { IngestFailure } from '../../ingest/worker/protocol.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { hasImportOf } from '../../ledger/imports/imports-of-file.ts';
import { type IngestLease, withGlobalLock } from '../../ledger/imports/ingest-lease.ts';
import { findImportChoices } from '../../ledger/imports/remembered-choices.ts';
import { deleteUnread } from '../../ledger/imports/remove-import.ts';
import {
  recordReread,
  uncheckedUploads,
  unfinishedUploads,
} from '../../ledger/imports/unfinished-uploads.ts';
import { problem, toProblem } from '../../messages/problems.ts';
import type { CheckQueue } from '../jobs/check-queue.ts';
import type { IngestQueue, IngestQueueOptions } from '../jobs/ingest-queue.ts';
import { begin, findOrBegin } from './find-or-begin.ts';
import { startReady } from './start-ready.ts';

/** How long an upload waits for its file to be read, in milliseconds. */
const READ_WITHIN_MS = 10_000;

/** Options of an upload. */
export interface AcceptOptions {
  message: string | null;
  format: GivenFormat;
  /** Use what was chosen for the same header before. @default true */
  remembered?: boolean;
  /** Start as soon as it is read. */
  start: boolean;
  /** Create a new import even if there is an unfinished one of the same file. */
  again?: boolean;
  /** Idempotency key: the same request again leads to the same import. */
  key?: string | undefined;
  actor: string;
}

/** The import of an uploaded file. */
export interface AcceptResult {
  importId: number;
  /** Whether the request created the import; false when it found one. */
  isNew: boolean;
}

/** Accepts uploads: stores the files, creates imports for them, and queues them for reading. */
export class UploadService {
  readonly #app: App;
  readonly #config: Config;
  readonly #ingests: IngestQueue;
  readonly #checks: CheckQueue;
  readonly #readWithinMs: number;

  /** @param readWithinMs how long an upload waits for its file, in milliseconds. @default 10_000 */
  constructor(
    app: App,
    config: Config,
    ingests: IngestQueue,
    checks: CheckQueue,
    readWithinMs = READ_WITHIN_MS,
  ) {
    this.#app = app;
    this.#config = config;
    this.#ingests = ingests;
    this.#checks = checks;
    this.#readWithinMs = readWithinMs;
  }

  /**
   * Stores a file and starts to read it, or finds the unfinished import of the same file with the
   * same format and message. Resolves when the file is read, or after `readWithinMs`.
   *
   * @param optionsOf called when the whole upload has arrived
   * @throws RefusedFile when a choice of columns or format can help
   * @throws Problem when the file is too large, or is found within that time not to be such a CSV,
   * and nothing of it is kept; when the key belongs to another request; when the import is to be
   * started and its file is already being read as an import that is not
   */
  async accept(
    bytes: AsyncIterable<Uint8Array>,
    fileName: string,
    optionsOf: () => Promise<AcceptOptions>,
  ): Promise<AcceptResult> {
    const { db } = this.#app;
    const { dataDir, maxUploadBytes: maxBytes } = this.#config;
    const kept = await keepSource(bytes, { dataDir, fileName, maxBytes });
    const { digest } = kept;
    try {
      return await this.#takeOnce(kept, await optionsOf());
    } finally {
      await releaseSource(digest, dataDir, () => hasImportOf(db, digest));
    }
  }

  /**
   * Reads the file of an import again with other options, as a new import that replaces it. The
   * import must not have been started. If the reading fails, now or later, the import stays, and
   * reading it resumes if it was in progress. It does not start automatically then, and neither
   * would its replacement.
   *
   * @throws Problem when the file cannot be read with these options
   */
  async reread(found: Import, options: AcceptOptions): Promise<number> {
    const { dataDir, maxUploadBytes: maxBytes } = this.#config;
    const { fileName, fileDigest } = found;
    const kept = findSource(fileDigest, { dataDir, fileName, maxBytes });
    if (kept !== undefined) return this.#readAgain(kept, options, found);
    throw problem('file_gone', { file: fileName });
  }

  /** Resumes the uploads that a stopped server left unfinished. */
  async resume(): Promise<void> {
    const { db, client } = this.#app;
    const uploads = await unfinishedUploads(db, client.webhook.portal);
    const going = uploads.filter(({ isCancelled }) => !isCancelled);
    // Reading these resumes if their replacement fails.
    const replaced = new Set(going.map(({ replaces }) => replaces));
    for (const { found, actor, start, isCancelled, replaces } of uploads) {
      if (isCancelled) {
        await discardImport(db, found.id, 'cancelled');
        continue;
      }
      const format = parseFormat(found.format);
      if (format === undefined || replaced.has(found.id)) continue;
      const options = { actor, start, again: true, replaces };
      void this.#readInQueue(found.id, { ...found, format }, options);
    }
  }

  async #takeOnce(kept: KeptSource, options: AcceptOptions): Promise<AcceptResult> {
    const { db, client } = this.#app;
    const { message, format, start, actor, remembered = true } = options;
    const settings = { portal: client.webhook.portal, message };
    const choices = remembered ? db : undefined;
    const source = await describeRemembered(choices, kept, format, settings).catch(
      async (error: unknown) => {
        throw error instanceof Problem ? await withTable(kept, format, error) : error;
      },
    );
    for (;;) {
      const found = await withGlobalLock(db, (tx) => findOrBegin(tx, source, options));
      if ('lease' in found) {
        return { importId: await this.#read(source, options, found.lease), isNew: true };
      }
      const { importId, isNew } = found;
      const problem = await this.#soon(this.#ingests.endOf(importId));
      if (problem && problem.isCancelled !== true) throw toProblem(problem);
      const now = await findImport(db, importId);
      // The file could not be read; the client that sent it first got the error.
      if (now === undefined) continue;
      if (start && now.state === 'ready') await startReady(this.#app, this.#checks, now, actor);
      return { importId, isNew };
    }
  }

  /** Resolves when a reading has ended; with undefined when it takes longer than `readWithinMs`. */
  #soon(
    ended: Promise<IngestFailure | null> | undefined,
  ): Promise<IngestFailure | null | undefined> {
    return Promise.race([ended, sleep(this.#readWithinMs, undefined, { ref: false })]);
  }

  async #readAgain(kept: KeptSource, options: AcceptOptions, found: Import): Promise<number> {
    const { db, client } = this.#app;
    const { message, format, actor } = options;
    const { id: replaces } = found;
    const choices = await findImportChoices(db, replaces);
    const settings = { portal: client.webhook.portal, message };
    const before = { format: found.format, choices };
    const source = await describeReread(kept, format, settings, before);
    await this.#ingests.suspend(replaces);
    await this.#checks.breakOff(replaces);
    const lease = await db
      .transaction()
      .execute(async (tx) => {
        if ((await findImport(tx, replaces))?.startedAt !== null)
          throw problem('import_moved_on', { id: replaces });
        const lease = await begin(tx, source, options);
        await recordReread(tx, lease.importId, { replaces, actor });
        return lease;
      })
      .catch(async (error) => {
        await this.#continueImport(replaces, actor);
        throw error;
      });
    return this.#read(source, options, lease, replaces);
  }

  /** Queues a file for reading. If that fails, the import that it was to replace is resumed. */
  #readInQueue(
    id: number,
    source: IngestSource,
    options: IngestQueueOptions,
  ): Promise<IngestFailure | null> {
    const { replaces, actor } = options;
    const onFailure = async () => {
      if (replaces !== undefined) await this.#continueImport(replaces, actor);
    };
    return this.#ingests.read(id, source, { ...options, onFailure });
  }

  /** Resumes an import that is not replaced after all. */
  async #continueImport(id: number, actor: string): Promise<void> {
    const { db, client } = this.#app;
    const found = await findImport(db, id);
    const format = found && parseFormat(found.format);
    if (found?.state === 'reading' && format && this.#ingests.endOf(id) === undefined) {
      void this.#ingests.read(id, { ...found, format }, { actor, again: true });
    }
    const unchecked = await uncheckedUploads(db, client.webhook.portal);
    if (unchecked.includes(id)) this.#checks.begin(id);
  }

  async #read(
    source: IngestSource,
    { start, actor }: AcceptOptions,
    lease: IngestLease,
    replaces?: number,
  ): Promise<number> {
    const { db } = this.#app;
    const { importId: id } = lease;
    const problem = await this.#soon(
      this.#readInQueue(id, source, { actor, start, replaces, lease }),
    );
    // An import that is cancelled meanwhile stays as a cancelled one.
    if (!problem || problem.isCancelled === true) return id;
    const isGone = problem.isLost !== true && (await deleteUnread(db, lease));
    const state = isGone ? undefined : (await findImport(db, id))?.state;
    // It was read after all, or another process has read or cancelled it.
    if (state !== undefined && state !== 'reading') return id;
    throw toProblem(problem);
  }
}
