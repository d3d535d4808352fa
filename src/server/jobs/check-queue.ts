import PQueue from 'p-queue';
import type { App } from '../../app/open-app.ts';
import { checkImport } from '../../check/check-import.ts';
import type { CheckProgress } from '../../check/check-options.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { setProblem } from '../../ledger/imports/import-problem.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import type { Progress } from '../schemas/import-schema.ts';

interface Check {
  progress: Progress;
  readonly abort: AbortController;
  ended: Promise<void>;
}

/**
 * Checks imports that are ready to start against the portal, one after the other. Sends no
 * invitations. Starting an import aborts its check.
 */
export class CheckQueue {
  readonly #app: App;
  readonly #onEnd: (importId: number) => void;
  readonly #reportError: (error: unknown) => void;
  readonly #checks = new Map<number, Check>();
  readonly #queue = new PQueue({ concurrency: 1 });

  /** @param onEnd called after each check: a short one ends before its progress was ever published */
  constructor(app: App, onEnd: (importId: number) => void, reportError: (error: unknown) => void) {
    this.#app = app;
    this.#onEnd = onEnd;
    this.#reportError = reportError;
  }

  /** @returns the progress of an import's check; undefined when there is none */
  progressOf(importId: number): Progress | undefined {
    return this.#checks.get(importId)?.progress;
  }

  /** Starts the check of an import, unless it is already running or waiting. */
  begin(importId: number): void {
    if (this.#checks.has(importId)) return;
    const check: Check = {
      progress: { what: 'people', done: 0, of: null, waiting: null, waitingFor: null },
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    this.#checks.set(importId, check);
    check.ended = this.#queue
      .add(() => this.#check(importId, check))
      .catch(this.#reportError)
      .finally(() => {
        this.#checks.delete(importId);
        this.#onEnd(importId);
      });
  }

  async breakOff(importId: number): Promise<void> {
    const check = this.#checks.get(importId);
    check?.abort.abort();
    await check?.ended;
  }

  /** Aborts all checks; unchecked imports are checked at the next start. */
  async close(): Promise<void> {
    for (const { abort } of this.#checks.values()) abort.abort();
    await this.#queue.onIdle();
  }

  async #check(importId: number, check: Check): Promise<void> {
    const { db, client, quietHours } = this.#app;
    const { signal } = check.abort;
    const found = await findImport(db, importId);
    if (signal.aborted || found?.state !== 'ready') return;
    try {
      await setProblem(db, importId, null);
      await checkImport({ db, client, quietHours }, importId, {
        signal,
        onProgress: ({ what, done }: CheckProgress) => {
          check.progress = { what, done, of: null, waiting: null, waitingFor: null };
        },
        onWait: (waiting, waitingFor) => {
          check.progress = { ...check.progress, waiting, waitingFor };
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      await setProblem(db, importId, error.coded);
    }
  }
}
