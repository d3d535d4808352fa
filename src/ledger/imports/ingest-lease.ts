import { randomUUID } from 'node:crypto';
import { PostgresAdapter, sql, type UpdateObject } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { IngestLeaseLost } from './ingest-lease-lost.ts';

/** A holder whose lease was not renewed for so long counts as dead, in milliseconds. */
const LEASE_MS = 10_000;
/** How often a holder renews its lease, in milliseconds. */
const RENEW_MS = 2_000;

/** A lease on the reading of an import's file: its holder, and nobody else, writes into the import. */
export interface IngestLease {
  importId: number;
  /** No other holder has the same one. */
  holder: string;
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
export async function acquireIngestLease(
  db: Db,
  importId: number,
  { byForce = false } = {},
): Promise<IngestLease | undefined> {
  const holder = randomUUID();
  const now = ledgerNow(db);
  const taken = await db
    .updateTable('imports')
    .set({ lease_until: sql`${now} + ${LEASE_MS}`, lease_holder: holder })
    .where('id', '=', importId)
    .where('state', '=', 'reading')
    .$if(!byForce, (query) =>
      query.where(({ or, eb }) =>
        or([
          eb('lease_until', '<=', now),
          // No lease lasts so long: the clock was set back since it was taken.
          eb('lease_until', '>', sql<number>`${now} + ${LEASE_MS}`),
        ]),
      ),
    )
    .returning('file_name')
    .executeTakeFirst();
  return taken && { importId, holder, fileName: taken.file_name };
}

/**
 * Writes into an import that is being read, in one transaction, which nobody can take the right
 * away from before it ends. Within a transaction it becomes part of that.
 *
 * @throws IngestLeaseLost when somebody else has the right by now; nothing is written then
 */
export async function withIngestLease<T>(
  db: Db,
  lease: IngestLease,
  act: (tx: Db) => Promise<T>,
): Promise<T> {
  if (!db.isTransaction) return db.transaction().execute((tx) => withIngestLease(tx, lease, act));
  const query = db.selectFrom('imports').select('lease_holder').where('id', '=', lease.importId);
  // On SQLite nobody else can write before the transaction ends. "No key": as `changeImport` locks.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const row = await (isPostgres ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row?.lease_holder !== lease.holder) throw new IngestLeaseLost(lease.fileName);
  return act(db);
}

/** Does in one transaction what one process should do at a time, whatever the import. */
export async function withGlobalLock<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
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
export class LeaseRenewal implements AsyncDisposable {
  readonly #db: Db;
  readonly #lease: IngestLease;
  readonly #timer: NodeJS.Timeout;
  #renewing: Promise<void> | undefined;

  constructor(db: Db, lease: IngestLease) {
    this.#db = db;
    this.#lease = lease;
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
    }, RENEW_MS);
  }

  /** Stops keeping it, and leaves it to whoever keeps it from now on. */
  async handOver(): Promise<IngestLease> {
    clearInterval(this.#timer);
    await this.#renewing;
    return this.#lease;
  }

  /** Gives it back, if nobody has taken it over. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.handOver();
    await this.#set({ lease_until: 0, lease_holder: null });
  }

  async #renew(): Promise<void> {
    const until = sql<number>`${ledgerNow(this.#db)} + ${LEASE_MS}`;
    await this.#set({ lease_until: until });
  }

  async #set(values: UpdateObject<Schema, 'imports'>): Promise<void> {
    const { importId, holder } = this.#lease;
    try {
      await this.#db
        .updateTable('imports')
        .set(values)
        .where('id', '=', importId)
        .where('lease_holder', '=', holder)
        .execute();
    } catch {
      // A ledger that is away keeps the right as it was; it may still be ours when it is back.
    }
  }
}
