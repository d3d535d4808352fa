import type { Kysely } from 'kysely';

/** No person is reminded twice within so many days; null for orders of other kinds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('orders').addColumn('every_days', 'integer').execute();
}
