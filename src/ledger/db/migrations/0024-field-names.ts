import type { Kysely } from 'kysely';

/** Renames what had names of its own: leases, redirects, retries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const rename = (table: string, from: string, to: string) =>
    db.schema.alterTable(table).renameColumn(from, to).execute();
  await rename('sent_pairs', 'over_at', 'ends_by');
  await rename('imports', 'reading_until', 'lease_until');
  await rename('imports', 'reader', 'lease_holder');
  await rename('chunks', 'reopen', 'retry_reason');
  await rename('checks', 'not_told', 'not_shown');
  await rename('successors', 'successor', 'target');
  await db.schema.alterTable('successors').renameTo('import_redirects').execute();
}
