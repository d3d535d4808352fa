import { type Kysely, sql } from 'kysely';

/** An import whose file is being read was in state `checking`, as if the portal were asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update imports set state = 'reading' where state = 'checking'`.execute(db);
}
