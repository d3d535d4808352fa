import { type Kysely, sql } from 'kysely';

/** How long an import has run; what older programs did of it, nobody has counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('imports').addColumn('worked_ms', 'bigint').execute();
  await schema.alterTable('imports').addColumn('running_since', 'bigint').execute();
  await sql`update imports set worked_ms = 0 where started_at is null`.execute(db);
}
