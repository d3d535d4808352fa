import type { Kysely } from 'kysely';

/** What a check warns about: bans, unseen people, kinds of group, and texts that the portal would change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['banned', 'unseen', 'collab', 'archived']) {
    await db.schema
      .alterTable('group_checks')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  await db.schema
    .alterTable('checks')
    .addColumn('filtered_texts', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
