import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

/** A key is valid for a day; clients repeat a request within minutes. */
const LIFETIME_MS = 24 * 3_600_000;

/** A request that its client can repeat. */
export interface KeyedRequest {
  key: string;
  /** Distinguishes the content of the request. */
  fingerprint: string;
}

export interface KnownKey {
  importId: number;
  /** Whether the request created the import; false when it found an existing one. */
  hasCreated: boolean;
  /** Whether the request with the key was the same as this one. */
  isSame: boolean;
}

/** @returns the result of a request with the key within the last day */
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

/** Records the result of a request, in the transaction of that request; deletes expired keys. */
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

/** Moves the keys of an import to the import that replaces it. */
export async function moveKeys(tx: Db, importId: number, replacement: number): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ import_id: replacement })
    .where('import_id', '=', importId)
    .execute();
}
