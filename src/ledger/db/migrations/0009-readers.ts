import type { Kysely } from 'kysely';

/** Whose file is being read belongs to a process that lives, and that says so until then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('imports')
    .addColumn('reading_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
}
