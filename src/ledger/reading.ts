import type { Db } from './schema.ts';

/** A reader that was not heard of for so long is taken for dead, in milliseconds. */
const LEASE_MS = 10_000;
/** How often a reader says that it lives, in milliseconds. */
const RENEW_MS = 2_000;

/** An import whose file this process may read, and nobody else until then. */
export interface ReadingRight {
  importId: number;
  /** As it stands in the ledger: whoever takes the reading over writes another time. */
  until: number;
}

/**
 * Takes the right to read the file of an import, unless a living process has it. A process that is
 * killed is silent from then on, and its right ends by itself.
 *
 * @returns undefined when another process reads it, or there is nothing left to be read
 */
export async function takeReading(db: Db, importId: number): Promise<ReadingRight | undefined> {
  const now = Date.now();
  const until = now + LEASE_MS;
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set({ reading_until: until })
    .where('id', '=', importId)
    .where('state', '=', 'checking')
    .where('reading_until', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? { importId, until } : undefined;
}

/** Does in one transaction what one process should do at a time, whatever the import. */
export async function alone<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    // SQLite lets but one transaction write; on Postgres its only row is a lock for all.
    await tx
      .updateTable('ledger')
      .set((eb) => ({ id: eb.ref('id') }))
      .execute();
    return act(tx);
  });
}

/** Keeps the right to read for as long as it is not disposed of. */
export class Reading implements AsyncDisposable {
  readonly #db: Db;
  readonly #right: ReadingRight;
  readonly #timer: NodeJS.Timeout;
  #renewing: Promise<void> | undefined;
  #isLost = false;

  constructor(db: Db, right: ReadingRight) {
    this.#db = db;
    this.#right = { ...right };
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#set(Date.now() + LEASE_MS).finally(() => {
        this.#renewing = undefined;
      });
    }, RENEW_MS);
  }

  /** Whether another process has taken it over, since this one was silent for too long. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Stops keeping it, and leaves it to whoever keeps it from now on. */
  async handOver(): Promise<ReadingRight> {
    clearInterval(this.#timer);
    await this.#renewing;
    return { ...this.#right };
  }

  /** Gives it back. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.handOver();
    await this.#set(0);
  }

  async #set(until: number): Promise<void> {
    const { importId, until: known } = this.#right;
    try {
      const { numUpdatedRows } = await this.#db
        .updateTable('imports')
        .set({ reading_until: until })
        .where('id', '=', importId)
        .where('reading_until', '=', known)
        .executeTakeFirst();
      this.#isLost ||= numUpdatedRows === 0n;
      this.#right.until = until;
    } catch {
      // A ledger that is away keeps the right as it was; it may still be ours when it is back.
    }
  }
}
