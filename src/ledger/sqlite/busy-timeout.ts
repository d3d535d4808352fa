import type { DatabaseSync } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';

/** How long a writer waits for another process's transaction, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;
/** The same after a wait that failed, until a writer gets the lock again. */
const SHORT_TIMEOUT_MS = 100;

/** Takes the write lock when the transaction begins. */
export const BEGIN = 'begin immediate';

/**
 * Controls how long writers wait for SQLite's lock. A process that holds it longer than a transaction
 * takes can hold it for hours. Then each write would wait for the full timeout, one after the other,
 * and block this process in the meantime.
 */
export class BusyTimeout {
  readonly #file: DatabaseSync;
  #isShort = false;

  constructor(file: DatabaseSync) {
    this.#file = file;
  }

  /** @returns the statement, wrapped so that its result adjusts the timeout */
  of(text: string, statement: SqliteStatement): SqliteStatement {
    return {
      ...statement,
      all: (parameters) => this.#watch(text, () => statement.all(parameters)),
      run: (parameters) => this.#watch(text, () => statement.run(parameters)),
    };
  }

  #watch<T>(text: string, act: () => T): T {
    try {
      const result = act();
      if (text === BEGIN) this.#wait(BUSY_TIMEOUT_MS);
      return result;
    } catch (error) {
      if (isBusy(error)) this.#wait(SHORT_TIMEOUT_MS);
      throw error;
    }
  }

  #wait(timeoutMs: number): void {
    const isShort = timeoutMs === SHORT_TIMEOUT_MS;
    if (isShort === this.#isShort) return;
    this.#file.exec(`pragma busy_timeout = ${timeoutMs}`);
    this.#isShort = isShort;
  }
}
