import type { Kysely } from 'kysely';

/** Since when a held portal is being tried. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('holds').addColumn('tried_since', 'bigint').execute();
}
