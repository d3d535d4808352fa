import { type Kysely, sql } from 'kysely';

/**
 * A row may hold several pairs, so that an import counts both; and it remembers how its file was
 * read. Of older imports each row was one pair or one reject, and the format is not known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('imports')
    .addColumn('pair_count', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('imports')
    .addColumn('rejected_row_count', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('imports')
    .addColumn('format', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`
    update imports set
      pair_count = row_count,
      rejected_row_count = (
        select coalesce(sum(count), 0) from tallies
        where tallies.import_id = imports.id and tallies.outcome = 'rejected'
      )`.execute(db);
}
