import {
  CompiledQuery,
  type Dialect,
  HandleEmptyInListsPlugin,
  type KyselyPlugin,
  PostgresDialect,
  PostgresDriver,
  replaceWithNoncontingentExpression,
  sql,
  type TransactionSettings,
} from 'kysely';
import type { SchemaParts } from '../db/schema.ts';
import type { SilenceOptions } from './postgres-keepalive.ts';
import { openPool } from './postgres-pool.ts';

/** What Postgres says in its own words when tables are made. */
export const POSTGRES_PARTS: SchemaParts = {
  serialType: 'serial',
  bytesType: 'bytea',
  serialKey: (column) => column.primaryKey(),
  clusteredTable: sql``,
  json: { array: 'json_build_array', object: 'json_build_object' },
  ownSchema: async (db) => {
    const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(
      db,
    );
    return rows[0]?.name ?? undefined;
  },
};

/** SQLite takes `in ()` for something that is never true, and so does Postgres with these. */
export const POSTGRES_PLUGINS: KyselyPlugin[] = [
  new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
];

/**
 * The ledger on a Postgres server.
 *
 * Transactions are `read committed`: each statement sees what is committed when it begins. What
 * reads first and then writes relies on a lock of its own, see `changeImport`.
 *
 * @param url with user and password, which are in no error that a query throws
 * @param name of the ledger in such errors
 */
export function postgresDialect(url: string, name: string, silence?: SilenceOptions): Dialect {
  const config = { pool: async () => openPool(url, name, silence) };
  const dialect = new PostgresDialect(config);
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new CandidDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0];

/** A process that is silent for so long within a transaction lets others go on, in milliseconds. */
const SILENT_MS = 60_000;
/** Both in one message; set for the transaction only, which a pooler keeps on one connection. */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = ${SILENT_MS}`;

class CandidDriver extends PostgresDriver {
  /** @throws TypeError for settings: a transaction needs none here, and they would not be made */
  override async beginTransaction(
    connection: Connection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    if (isolationLevel ?? accessMode) throw new TypeError('Transactions have no settings.');
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** A lost connection has rolled back by itself; that must not hide what happened. */
  override async rollbackTransaction(connection: Connection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {});
  }
}
