import type { Kysely } from 'kysely';

/** When a pair was marked as sent. Of those that are marked already nobody knows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('sent_pairs')
    .addColumn('sent_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
