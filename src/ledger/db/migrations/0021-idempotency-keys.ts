import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** Which import a request with an idempotency key has led to, so that the same request leads there again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('fingerprint', 'text', required)
    .addColumn('import_id', 'integer', required)
    .addColumn('has_created', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .execute();
  const index = db.schema.createIndex('idempotency_keys_import').on('idempotency_keys');
  await index.column('import_id').execute();
}
