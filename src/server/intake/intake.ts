import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app.ts';
import type { Config } from '../../config.ts';
import type { GivenFormat } from '../../csv/detect-format.ts';
import { parseFormat } from '../../csv/format.ts';
import { type Import, toProblem } from '../../domain/import.ts';
import { Problem } from '../../domain/problem.ts';
import { abandonReading } from '../../ingest/abandon-reading.ts';
import { describeSource } from '../../ingest/describe-source.ts';
import { beginImportOf } from '../../ingest/ingest.ts';
import { dropSource, findSource, type KeptSource, keepSource } from '../../ingest/kept-source.ts';
import { recordAudit } from '../../ledger/audit.ts';
import { findImport } from '../../ledger/imports.ts';
import { hasImportOf } from '../../ledger/imports-of-file.ts';
import { deleteImport } from '../../ledger/remove-import.ts';
import { UPLOAD, UPLOAD_AND_START, unfinishedUploads } from '../../ledger/uploads.ts';
import type { CheckRoom } from './check-room.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Whoever hands a file in hears at once what is wrong with it, if that takes no longer than this. */
const READ_WITHIN_MS = 10_000;

/** What goes with a file. */
export interface IntakeOptions {
  message: string | null;
  format: GivenFormat;
  /** Start as soon as it is read. */
  start: boolean;
  actor: string;
}

/** Takes files in: keeps them, makes imports of them, and has them read. */
export class Intake {
  readonly #app: App;
  readonly #config: Config;
  readonly #room: ReadingRoom;
  readonly #checks: CheckRoom;
  readonly #readWithinMs: number;
  /** Files that are on their way, by digest: somebody else's refusal must not drop them. */
  readonly #coming = new Map<string, number>();

  /** @param readWithinMs for how long an upload waits for its file to be read. @default 10_000 */
  constructor(
    app: App,
    config: Config,
    room: ReadingRoom,
    checks: CheckRoom,
    readWithinMs = READ_WITHIN_MS,
  ) {
    this.#app = app;
    this.#config = config;
    this.#room = room;
    this.#checks = checks;
    this.#readWithinMs = readWithinMs;
  }

  /**
   * Keeps a file and begins to read it. Resolves when it is read, or when that takes long.
   *
   * @param optionsOf asked when all of the upload is there
   * @returns the import's id
   * @throws Problem when the file is too large, or is found within moments to be no such CSV;
   * nothing of it stays then
   */
  async take(
    bytes: AsyncIterable<Uint8Array>,
    fileName: string,
    optionsOf: () => Promise<IntakeOptions>,
  ): Promise<number> {
    const { db } = this.#app;
    const { dataDir, maxUploadBytes: maxBytes } = this.#config;
    const kept = await keepSource(bytes, { dataDir, fileName, maxBytes });
    const { digest } = kept;
    this.#coming.set(digest, (this.#coming.get(digest) ?? 0) + 1);
    try {
      return await this.#import(kept, await optionsOf(), undefined);
    } finally {
      const others = (this.#coming.get(digest) ?? 1) - 1;
      if (others > 0) this.#coming.set(digest, others);
      else this.#coming.delete(digest);
      if (others === 0 && !(await hasImportOf(db, digest))) dropSource(digest, dataDir);
    }
  }

  /**
   * Reads the file of an import that was not started in another way, as an import that takes its
   * place.
   *
   * @throws Problem when the file cannot be read so; the import stays as it was then
   */
  async takeAgain(found: Import, options: IntakeOptions): Promise<number> {
    const { dataDir, maxUploadBytes: maxBytes } = this.#config;
    const { fileName, fileDigest } = found;
    const kept = findSource(fileDigest, { dataDir, fileName, maxBytes });
    if (kept !== undefined) return this.#import(kept, options, found.id);
    throw new Problem(`${fileName} is not kept any more.`, 'Hand the file in again.', {
      coded: { code: 'file_gone', params: { file: fileName } },
    });
  }

  /** Goes on with what a server that ended before it was done has left. */
  async resume(): Promise<void> {
    const { db, client } = this.#app;
    for (const upload of await unfinishedUploads(db, client.webhook.portal)) {
      const { found, actor, start, isCancelled } = upload;
      if (isCancelled) {
        await abandonReading(db, found.id, 'cancelled');
        continue;
      }
      const format = parseFormat(found.format);
      if (format === undefined) continue;
      void this.#room.read(found.id, { ...found, format }, { actor, start, again: true });
    }
  }

  async #import(
    kept: KeptSource,
    { message, format: given, start, actor }: IntakeOptions,
    replaces: number | undefined,
  ): Promise<number> {
    const { db, client } = this.#app;
    const source = await describeSource(kept, given, { portal: client.webhook.portal, message });
    if (replaces !== undefined) {
      await this.#room.cancel(replaces, actor);
      await this.#checks.breakOff(replaces);
    }
    const right = await db.transaction().execute(async (tx) => {
      const begun = await beginImportOf(tx, source);
      const action = start ? UPLOAD_AND_START : UPLOAD;
      const { importId } = begun;
      await recordAudit(tx, { importId, actor, action, detail: kept.fileName });
      return begun;
    });
    const { importId: id } = right;
    const ended = this.#room.read(id, source, { actor, start, replaces, right });
    const problem = await Promise.race([
      ended,
      sleep(this.#readWithinMs, undefined, { ref: false }),
    ]);
    // An import that somebody cancels meanwhile stays, as a cancelled one.
    if (!problem || problem.isCancelled === true) return id;
    // Another process that reads it now does with it what it likes, or has cancelled it.
    if (problem.isLost !== true) await deleteImport(db, id);
    else if ((await findImport(db, id))?.state === 'cancelled') return id;
    throw toProblem(problem);
  }
}
