import { randomUUID } from 'node:crypto';
import { PostgresAdapter, sql, type UpdateObject } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { ReadingLost } from './reading-lost.ts';

/** A reader whose lease was not renewed for so long counts as dead, in milliseconds. */
const LEASE_MS = 10_000;
/** How often a reader renews its lease, in milliseconds. */
const RENEW_MS = 2_000;

/** A lease on the reading of an import's file: its holder, and nobody else, writes into the import. */
export interface ReadingRight {
  importId: number;
  /** No other holder has the same one. */
  reader: string;
  fileName: string;
}

/** Does something in one transaction. */
export type Write = <T>(act: (tx: Db) => Promise<T>) => Promise<T>;

/**
 * Takes the right to read the file of an import, unless a living process has it. A process that is
 * killed renews nothing, and its right ends by itself. Times are the ledger's: see `ledgerNow`.
 *
 * @param options.byForce takes it also from a living process. @default false
 * @returns undefined when another process reads it, or there is nothing left to be read
 */
export async function takeReading(
  db: Db,
  importId: number,
  { byForce = false } = {},
): Promise<ReadingRight | undefined> {
  const reader = randomUUID();
  const now = ledgerNow(db);
  const taken = await db
    .updateTable('imports')
    .set({ reading_until: sql`${now} + ${LEASE_MS}`, reader })
    .where('id', '=', importId)
    .where('state', '=', 'reading')
    .$if(!byForce, (query) =>
      query.where(({ or, eb }) =>
        or([
          eb('reading_until', '<=', now),
          // No lease lasts so long: the clock was set back since it was taken.
          eb('reading_until', '>', sql<number>`${now} + ${LEASE_MS}`),
        ]),
      ),
    )
    .returning('file_name')
    .executeTakeFirst();
  return taken && { importId, reader, fileName: taken.file_name };
}

/**
 * Writes into an import that is being read, in one transaction, which nobody can take the right
 * away from before it ends. Within a transaction it becomes part of that.
 *
 * @throws ReadingLost when somebody else has the right by now; nothing is written then
 */
export async function asReader<T>(
  db: Db,
  right: ReadingRight,
  act: (tx: Db) => Promise<T>,
): Promise<T> {
  if (!db.isTransaction) return db.transaction().execute((tx) => asReader(tx, right, act));
  const query = db.selectFrom('imports').select('reader').where('id', '=', right.importId);
  // On SQLite nobody else can write before the transaction ends. "No key": as `changeImport` locks.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const row = await (isPostgres ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row?.reader !== right.reader) throw new ReadingLost(right.fileName);
  return act(db);
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

  constructor(db: Db, right: ReadingRight) {
    this.#db = db;
    this.#right = right;
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
    }, RENEW_MS);
  }

  /** Stops keeping it, and leaves it to whoever keeps it from now on. */
  async handOver(): Promise<ReadingRight> {
    clearInterval(this.#timer);
    await this.#renewing;
    return this.#right;
  }

  /** Gives it back, if nobody has taken it over. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.handOver();
    await this.#set({ reading_until: 0, reader: null });
  }

  async #renew(): Promise<void> {
    const until = sql<number>`${ledgerNow(this.#db)} + ${LEASE_MS}`;
    await this.#set({ reading_until: until });
  }

  async #set(values: UpdateObject<Schema, 'imports'>): Promise<void> {
    const { importId, reader } = this.#right;
    try {
      await this.#db
        .updateTable('imports')
        .set(values)
        .where('id', '=', importId)
        .where('reader', '=', reader)
        .execute();
    } catch {
      // A ledger that is away keeps the right as it was; it may still be ours when it is back.
    }
  }
}
