import type { Kysely } from 'kysely';

/** Which import stands in the place of one that is gone, for whoever still has its number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('successors')
    .addColumn('import_id', 'integer', (c) => c.primaryKey())
    .addColumn('successor', 'integer', (c) =>
      c.notNull().references('imports.id').onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('successors_by_successor')
    .on('successors')
    .column('successor')
    .execute();
}
