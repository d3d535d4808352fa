import type { Kysely } from 'kysely';

/** Groups that the check could not read: whether they can be seen is not known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('group_checks')
    .addColumn('unread', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
