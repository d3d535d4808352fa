import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { type IngestLease, type Write, withIngestLease } from './ingest-lease.ts';
import { storedImports } from './stored-import.ts';

/** Few enough that other writers hardly wait. */
const ROWS_PER_COMMIT = 5_000;
/** Limits for tables with large rows, or with rows that are scattered in the order of their key. */
const FEWER: Partial<Record<keyof Schema, number>> = { messages: 1_000, user_blocks: 50 };

/** Columns that identify a row within an import, for tables that can have very many rows. */
const KEYS = {
  group_tallies: ['group_id', 'outcome'],
  group_waits: ['chunk', 'group_id', 'step'],
  row_issues: ['seq'],
  corrections: ['seq'],
  import_emails: ['user_id'],
  group_checks: ['group_id'],
  group_names: ['group_id'],
  user_names: ['user_id'],
  user_checks: ['user_id'],
  earlier_relations: ['group_id', 'user_id'],
  messages: ['digest'],
  pairs: ['seq'],
  pair_keys: ['group_id', 'user_id'],
  user_blocks: ['id'],
  retry_pairs: ['retry_id', 'seq'],
  order_pairs: ['order_id', 'seq'],
} as const satisfies Partial<Record<keyof Schema, readonly string[]>>;

/**
 * Removes an import with an unreadable file; it is hidden at once.
 *
 * @param lease under which the file was read, even if released since then
 * @returns false when it was read after all, a user has cancelled it, or another process reads it
 */
export async function deleteUnread(db: Db, lease: IngestLease): Promise<boolean> {
  const { importId } = lease;
  const gone = await changeImport(db, importId, async (tx) => {
    const found = await storedImports(tx).where('id', '=', importId).executeTakeFirst();
    const isUnread =
      found?.state === 'reading'
        ? found.lease_holder === null || found.lease_holder === lease.holder
        : found?.state === 'cancelled' && found.started_at === null && found.problem !== null;
    if (isUnread) await hideImport(tx, importId);
    return isUnread;
  });
  if (gone) await completeRemoval(db, importId);
  return gone;
}

/**
 * Hides an import from all queries; the caller checks in the same transaction whether it may be removed.
 * `completeRemoval` deletes its rows, which would block other writers too long here.
 */
export async function hideImport(tx: Db, id: number): Promise<void> {
  // A process that reads the file loses its lease.
  await tx
    .updateTable('imports')
    .set({ state: 'removed', lease_until: 0, lease_holder: null })
    .where('id', '=', id)
    .execute();
  // Tallies are summed over all imports.
  await tx.deleteFrom('tallies').where('import_id', '=', id).execute();
  await tx.deleteFrom('import_choices').where('import_id', '=', id).execute();
  // The same request creates another import from now on.
  await tx.deleteFrom('idempotency_keys').where('import_id', '=', id).execute();
}

/** Deletes a hidden import in parts; can be repeated. @param isStopped checked after each part */
export async function completeRemoval(db: Db, id: number, isStopped = () => false): Promise<void> {
  await deleteRows(id, (act) => act(db), isStopped);
  if (isStopped()) return;
  await db.deleteFrom('imports').where('id', '=', id).where('state', '=', 'removed').execute();
}

/**
 * Deletes what was read into an import but keeps the import, so that its file can be read again.
 *
 * @throws IngestLeaseLost when another process holds the lease by now, and owns the rows
 */
export async function emptyImport(db: Db, lease: IngestLease): Promise<void> {
  const { importId } = lease;
  const write: Write = (act) => withIngestLease(db, lease, act);
  await write(async (tx) => {
    await tx
      .updateTable('imports')
      .set({ row_count: 0, pair_count: 0, rejected_row_count: 0 })
      .where('id', '=', importId)
      .execute();
    await tx.deleteFrom('tallies').where('import_id', '=', importId).execute();
  });
  await deleteRows(importId, write);
}

/** Deletes the rows of an import in parts small enough that other processes can write in between. */
async function deleteRows(id: number, write: Write, isStopped = () => false): Promise<void> {
  for (const table of [
    'chunks',
    'orders',
    'order_chunks',
    'retries',
    'minute_tallies',
    'notices',
    'trial_pairs',
  ] as const) {
    await write((tx) => tx.deleteFrom(table).where('import_id', '=', id).execute());
  }
  for (const table of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const limit = FEWER[table] ?? ROWS_PER_COMMIT;
    const key = sql.join(KEYS[table].map((column) => sql.ref(column)));
    const rows = sql`from ${sql.table(table)} where import_id = ${id}`;
    // Compares with the last key of the part: a list of keys would make Postgres read the whole table.
    const part = sql`
      delete ${rows} and (${key}) <= (select ${key} ${rows} order by ${key} limit 1 offset ${limit - 1})`;
    while (!isStopped() && (await removePart(part, write)));
    if (isStopped()) return;
    await write((tx) => sql`delete ${rows}`.execute(tx));
  }
}

/** @returns whether there can be more rows */
async function removePart(part: RawBuilder<unknown>, write: Write): Promise<boolean> {
  const began = performance.now();
  const { numAffectedRows = 0n } = await write((tx) => part.execute(tx));
  if (numAffectedRows === 0n) return false;
  // Waiting processes only poll for SQLite's lock: it must be free for as long as it was held.
  await sleep(performance.now() - began);
  return true;
}
