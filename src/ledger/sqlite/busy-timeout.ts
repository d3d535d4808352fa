import type { DatabaseSync } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';

/** How long a writer waits for another process's transaction, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;
/** How long it waits once it has waited in vain, until it had the lock again. */
const SHORT_TIMEOUT_MS = 100;

/** Takes the write lock at once. */
export const BEGIN = 'begin immediate';

/**
 * How long writers wait for SQLite's lock. Who has it for longer than a transaction takes may have
 * it for hours; all that wants to write would wait in vain then, one after the other, and nothing
 * else could happen meanwhile.
 */
export class BusyTimeout {
  readonly #file: DatabaseSync;
  #isShort = false;

  constructor(file: DatabaseSync) {
    this.#file = file;
  }

  /** @returns the statement, which is waited for accordingly */
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
