import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

/** A key is good for a day: whoever tries a request again does so within minutes. */
const LIFETIME_MS = 24 * 3_600_000;

/** A request that its sender may send again. */
export interface KeyedRequest {
  key: string;
  /** Tells its content apart from another's. */
  fingerprint: string;
}

/** What is known of a key. */
export interface KnownKey {
  importId: number;
  /** Whether the request has made the import, or found it. */
  hasCreated: boolean;
  /** Whether the request with the key was the same as this one. */
  isSame: boolean;
}

/** @returns what a request with the key has led to within the last day */
export async function findKey(
  db: Db,
  { key, fingerprint }: KeyedRequest,
): Promise<KnownKey | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['import_id', 'has_created', 'fingerprint'])
    .where('key', '=', key)
    .where('created_at', '>=', sql<number>`${ledgerNow(db)} - ${LIFETIME_MS}`)
    .executeTakeFirst();
  return (
    row && {
      importId: row.import_id,
      hasCreated: row.has_created === 1,
      isSame: row.fingerprint === fingerprint,
    }
  );
}

/** Notes what a request has led to, in the transaction that does it; old keys go meanwhile. */
export async function rememberKey(
  tx: Db,
  { key, fingerprint }: KeyedRequest,
  importId: number,
  hasCreated: boolean,
): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<number>`${ledgerNow(tx)} - ${LIFETIME_MS}`)
    .execute();
  await tx
    .insertInto('idempotency_keys')
    .values({
      ...{ key, fingerprint, import_id: importId, has_created: hasCreated ? 1 : 0 },
      created_at: ledgerNow(tx),
    })
    .execute();
}

/** Leads the keys of an import to the one that stands in its place. */
export async function moveKeys(tx: Db, importId: number, replacement: number): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ import_id: replacement })
    .where('import_id', '=', importId)
    .execute();
}
