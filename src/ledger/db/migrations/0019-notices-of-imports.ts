import { type Kysely, sql } from 'kysely';

const NOTICES_PER_PAGE = 1_000;

/** Which import a notice is about, so that it goes with that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('notices').addColumn('import_id', 'integer').execute();
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; body: string }>`
      select id, body from notices where id > ${after} order by id limit ${NOTICES_PER_PAGE}`.execute(
      db,
    );
    for (const { id, body } of rows) {
      const { importId = null }: { importId?: number | null } = JSON.parse(body);
      await sql`update notices set import_id = ${importId} where id = ${id}`.execute(db);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  await db.schema.createIndex('notices_by_import').on('notices').column('import_id').execute();
}
