import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/**
 * Imports that send only some pairs first, and the relation of each user that the check has found in a
 * group; the relations recorded so far are all pending ones.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema.alterTable('imports').addColumn('trial', 'integer').execute();
  await db.schema
    .createTable('trial_pairs')
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('chunk', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('trial_pairs_once', ['import_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await db.schema
    .alterTable('earlier_relations')
    .addColumn('relation', 'text', (column) => column.notNull().defaultTo('pending'))
    .execute();
}
