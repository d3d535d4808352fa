import type { Kysely } from 'kysely';

/** Who reads the file, so that whoever lost the right to writes nothing more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('imports').addColumn('reader', 'text').execute();
}
