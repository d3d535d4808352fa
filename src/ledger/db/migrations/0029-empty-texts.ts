import type { Kysely } from 'kysely';

/** How many rows have an invitation text that stands for none, such as `NULL`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('imports')
    .addColumn('empty_text_count', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
