import type { App } from '../../app.ts';
import type { Config } from '../../config.ts';
import type { Directory } from '../../domain/directory.ts';
import type { ImportProblem } from '../../domain/import.ts';
import type { Source } from '../../ingest/ingest.ts';
import type { IngestProgress } from '../../ingest/store-rows.ts';
import { beginImport } from '../../invite/control.ts';
import { findImport } from '../../ledger/imports.ts';
import { Reading, type ReadingRight } from '../../ledger/reading.ts';
import { openDirectory } from '../../portal/directory.ts';
import type { Progress } from '../schemas/import.ts';
import { abandonReading } from './abandon-reading.ts';
import { type Lane, Lanes } from './lanes.ts';
import type { Refusal } from './messages.ts';
import { startReading } from './reader.ts';

/** Files that are read at once; SQLite writes one at a time anyway. */
const AT_ONCE = 2;

const SURPRISE: ImportProblem = {
  title: 'The file could not be read.',
  remedy: 'The log of the program says why.',
  coded: { code: 'file_not_read', params: {} },
};

export interface ReadingOptions {
  /** Who handed the file in. */
  actor: string;
  /** Start the import as soon as it is read. */
  start?: boolean;
  /** The right to read it. @default taken when nobody else has it */
  right?: ReadingRight;
  /** Something of it was read before, and goes first. */
  again?: boolean;
  /** An import that goes when this one is read. */
  replaces?: number | undefined;
}

interface Task extends Omit<ReadingOptions, 'right'> {
  importId: number;
  right: ReadingRight | undefined;
  source: Source;
}

/** Told when an import is ready, which one it replaced, and whether it was started. */
type OnRead = (importId: number, replaced: number | undefined, started: boolean) => void;

/** An import whose file is being read, or waits for that. */
interface GoingOn {
  progress: Progress;
  broken: boolean;
  stop(): void;
  /** Why the file could not be read, or null; never rejects. */
  ended: Promise<ImportProblem | null>;
}

/** Where files are read into imports, a few at once, each in a thread of its own. */
export class ReadingRoom {
  readonly #app: App;
  readonly #config: Config;
  readonly #onSurprise: (error: unknown) => void;
  readonly #onRead: OnRead;
  readonly #readings = new Map<number, GoingOn>();
  readonly #lanes = new Lanes(AT_ONCE);
  #closing = false;

  /** @param onRead told when an import is ready */
  constructor(app: App, config: Config, onRead: OnRead, onSurprise: (error: unknown) => void) {
    this.#app = app;
    this.#config = config;
    this.#onRead = onRead;
    this.#onSurprise = onSurprise;
  }

  /** @returns how far an import is on its way into the ledger; undefined when it is there */
  progressOf(importId: number): Progress | undefined {
    return this.#readings.get(importId)?.progress;
  }

  /**
   * Reads a file into its import.
   *
   * @returns why it could not be read, or null; never rejects
   */
  read(importId: number, source: Source, options: ReadingOptions): Promise<ImportProblem | null> {
    const reading: GoingOn = {
      progress: { what: 'rows', done: 0, of: null, waiting: null, waitingFor: null },
      broken: false,
      stop: () => {},
      ended: Promise.resolve(null),
    };
    this.#readings.set(importId, reading);
    // Kept by the thread later: while that writes, nobody else on SQLite can.
    const waiting = options.right && new Reading(this.#app.db, options.right);
    reading.ended = this.#lanes
      .run(async (lane) => {
        if (reading.broken || this.#closing) {
          await waiting?.[Symbol.asyncDispose]();
          return SURPRISE;
        }
        const right = await waiting?.handOver();
        return this.#inThread(lane, { importId, right, source, ...options }, reading);
      })
      .catch((error: unknown) => {
        this.#onSurprise(error);
        return SURPRISE;
      })
      .then((problem) => this.#conclude(importId, problem, options, reading))
      .catch((error: unknown) => {
        this.#onSurprise(error);
        return SURPRISE;
      })
      .finally(() => this.#readings.delete(importId));
    return reading.ended;
  }

  /** Breaks off the reading of an import. @returns whether it was being read */
  async breakOff(importId: number): Promise<boolean> {
    const reading = this.#readings.get(importId);
    if (reading === undefined) return false;
    reading.broken = true;
    reading.stop();
    await reading.ended;
    return true;
  }

  /** Ends all readings; their imports stay as they are, to be read again at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const reading of this.#readings.values()) reading.stop();
    await this.#lanes.idle();
  }

  async #inThread(
    lane: Lane,
    { importId, right, source, actor, again = false, replaces }: Task,
    reading: GoingOn,
  ): Promise<Refusal | null> {
    const task = { importId, right, source, actor, again, replaces };
    const stopped = new AbortController();
    const portal = openDirectory(this.#app.client, {
      signal: stopped.signal,
      onWait: (waiting, waitingFor) => {
        reading.progress = { ...reading.progress, waiting, waitingFor };
      },
    });
    // A portal that puts us off for minutes must not keep other files from being read.
    const directory: Directory = {
      usersByEmail: (emails) => lane.aside(() => portal.usersByEmail(emails)),
      groupsByName: (names) => lane.aside(() => portal.groupsByName(names)),
    };
    const { done, stop } = startReading(task, this.#config, directory, (progress) => {
      reading.progress = toProgress(progress);
    });
    reading.stop = () => {
      stop();
      stopped.abort();
    };
    return done;
  }

  async #conclude(
    importId: number,
    problem: Refusal | null,
    { actor, start, replaces }: ReadingOptions,
    { broken }: GoingOn,
  ): Promise<ImportProblem | null> {
    const { db } = this.#app;
    if (problem !== null) {
      // Another process that has taken the reading over does with the import what it likes.
      if (this.#closing || problem.isLost === true) return problem;
      await abandonReading(db, importId, broken ? null : problem);
      return problem;
    }
    const found = start ? await findImport(db, importId) : undefined;
    if (found !== undefined) await beginImport(db, found, actor);
    this.#onRead(importId, replaces, start ?? false);
    return null;
  }
}

const toProgress = ({ rows, ordered }: IngestProgress): Progress => ({
  ...(ordered === undefined
    ? { what: 'rows' as const, done: rows, of: null }
    : { what: 'pairs' as const, done: ordered, of: null }),
  waiting: null,
  waitingFor: null,
});
