import { randomUUID } from 'node:crypto';
import { PostgresAdapter, sql, type UpdateObject } from 'kysely';
import { touchLedger } from '../db/identity.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { IngestLeaseLost } from './ingest-lease-lost.ts';

/** Time after which an unrenewed lease ends and its holder counts as dead, in milliseconds. */
const LEASE_MS = 10_000;
/** How often a holder renews its lease, in milliseconds. */
const RENEW_MS = 2_000;

/** A lease on reading an import's file: only its holder writes into the import. */
export interface IngestLease {
  importId: number;
  /** Unique id of the holder. */
  holder: string;
  fileName: string;
}

/** Runs an action in one transaction. */
export type Write = <T>(act: (tx: Db) => Promise<T>) => Promise<T>;

/**
 * Acquires the lease on reading the file of an import, unless a live process holds it. The lease of a
 * killed process expires. Times come from the ledger's clock, see `ledgerNow`.
 *
 * @param options.byForce also takes it from a live process. @default false
 * @returns undefined when another process reads the file, or it was read already
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
          // No lease lasts this long: the clock was set back after it was acquired.
          eb('lease_until', '>', sql<number>`${now} + ${LEASE_MS}`),
        ]),
      ),
    )
    .returning('file_name')
    .executeTakeFirst();
  return taken && { importId, holder, fileName: taken.file_name };
}

/**
 * Writes into an import that is being read, in one transaction, during which no process can take over.
 *
 * @throws IngestLeaseLost when another process holds the lease; nothing is written then
 */
export async function withIngestLease<T>(
  db: Db,
  lease: IngestLease,
  act: (tx: Db) => Promise<T>,
): Promise<T> {
  if (!db.isTransaction) return db.transaction().execute((tx) => withIngestLease(tx, lease, act));
  const query = db.selectFrom('imports').select('lease_holder').where('id', '=', lease.importId);
  // On SQLite no other process can write before the transaction ends. "No key", as in `changeImport`.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const row = await (isPostgres ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row?.lease_holder !== lease.holder) throw new IngestLeaseLost(lease.fileName);
  return act(db);
}

export async function withGlobalLock<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    // SQLite allows only one writing transaction; on Postgres this table's only row is the lock.
    await touchLedger(tx);
    return act(tx);
  });
}

/** Renews the lease until disposed of. */
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

  /** Stops renewing the lease without releasing it. @returns the lease, for a new `LeaseRenewal` */
  async handOver(): Promise<IngestLease> {
    clearInterval(this.#timer);
    await this.#renewing;
    return this.#lease;
  }

  /** Releases the lease, unless another process has taken it over. */
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
      // An unavailable ledger keeps the lease as it was, so it can still be valid afterwards.
    }
  }
}
