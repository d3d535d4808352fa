import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { type IngestLease, type Write, withIngestLease } from './ingest-lease.ts';
import { storedImports } from './stored-import.ts';

/** Few enough that others who write hardly wait. */
const ROWS_PER_COMMIT = 5_000;
/** Of tables whose rows hold much, or lie far from each other in the order of their key. */
const FEWER: Partial<Record<keyof Schema, number>> = { messages: 1_000, user_blocks: 50 };

/** What tells the rows of an import apart, in tables that may have very many of them. */
const KEYS = {
  group_tallies: ['group_id', 'outcome'],
  group_waits: ['chunk', 'group_id', 'step'],
  row_issues: ['seq'],
  import_emails: ['user_id'],
  group_checks: ['group_id'],
  group_names: ['group_id'],
  user_checks: ['user_id'],
  earlier_relations: ['group_id', 'user_id'],
  messages: ['digest'],
  pairs: ['seq'],
  pair_keys: ['group_id', 'user_id'],
  user_blocks: ['id'],
} as const satisfies Partial<Record<keyof Schema, readonly string[]>>;

/**
 * Removes an import whose file could not be read, with all it has. It is gone at once.
 *
 * @param right under which its file was read, also when it was given back since
 * @returns whether it went: one that was read after all, that a person has cancelled, or that somebody
 * else reads by now, stays
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
 * Lets nobody find an import any more, whatever its state: in the same transaction the caller looks
 * whether it may go. Taking away all that it has would keep others from writing
 * for too long: `completeRemoval` does that afterwards. Belongs into `changeImport`.
 */
export async function hideImport(tx: Db, id: number): Promise<void> {
  // Whoever reads it into the ledger has lost the right to.
  await tx
    .updateTable('imports')
    .set({ state: 'removed', lease_until: 0, lease_holder: null })
    .where('id', '=', id)
    .execute();
  // These are added up over all imports.
  await tx.deleteFrom('tallies').where('import_id', '=', id).execute();
  // The same request makes another import from now on.
  await tx.deleteFrom('idempotency_keys').where('import_id', '=', id).execute();
}

/**
 * Takes away, part by part, what a hidden import has, then itself; may be begun again.
 *
 * @param isStopped asked after each part. @default never
 */
export async function completeRemoval(db: Db, id: number, isStopped = () => false): Promise<void> {
  await deleteRows(id, (act) => act(db), isStopped);
  if (isStopped()) return;
  await db.deleteFrom('imports').where('id', '=', id).where('state', '=', 'removed').execute();
}

/**
 * Takes back what was read into an import, which stays, so that it can be read again.
 *
 * @throws IngestLeaseLost when somebody else has the right to read it by now, and has what is in it
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

/** Removes what an import has many of, in parts small enough that others write in between. */
async function deleteRows(id: number, write: Write, isStopped = () => false): Promise<void> {
  for (const table of ['chunks', 'minute_tallies', 'notices'] as const) {
    await write((tx) => tx.deleteFrom(table).where('import_id', '=', id).execute());
  }
  for (const table of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const limit = FEWER[table] ?? ROWS_PER_COMMIT;
    const key = sql.join(KEYS[table].map((column) => sql.ref(column)));
    const rows = sql`from ${sql.table(table)} where import_id = ${id}`;
    // The last of a part, since a list of them would make Postgres read the whole table.
    const part = sql`
      delete ${rows} and (${key}) <= (select ${key} ${rows} order by ${key} limit 1 offset ${limit - 1})`;
    while (!isStopped() && (await removePart(part, write)));
    if (isStopped()) return;
    await write((tx) => sql`delete ${rows}`.execute(tx));
  }
}

/** @returns whether there may be more */
async function removePart(part: RawBuilder<unknown>, write: Write): Promise<boolean> {
  const began = performance.now();
  const { numAffectedRows = 0n } = await write((tx) => part.execute(tx));
  if (numAffectedRows === 0n) return false;
  // Whoever waits for SQLite's lock looks now and then only: it must be free for as long as taken.
  await sleep(performance.now() - began);
  return true;
}
