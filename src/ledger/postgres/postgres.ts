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
import { openPool, type PostgresLimits } from './postgres-pool.ts';

/** Table definition parts for Postgres. */
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

/** Makes `in ()` never true on Postgres, as on SQLite. */
export const POSTGRES_PLUGINS: KyselyPlugin[] = [
  new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
];

/**
 * Dialect for a ledger on a Postgres server.
 *
 * Transactions are `read committed`: each statement sees what is committed when it begins. A transaction
 * that reads and then writes needs its own lock, see `changeImport`.
 *
 * @param url with user and password; errors of queries do not contain them
 * @param name name of the ledger in such errors
 */
export function postgresDialect(url: string, name: string, limits?: PostgresLimits): Dialect {
  const config = { pool: async () => openPool(url, name, limits) };
  const dialect = new PostgresDialect(config);
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new CandidDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0];

/** Time after which the server ends an idle transaction, so that others can continue, in milliseconds. */
const SILENT_MS = 60_000;
/** Both in one message. The timeout applies to this transaction, which a pooler keeps on one connection. */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = ${SILENT_MS}`;

class CandidDriver extends PostgresDriver {
  /** @throws TypeError for settings, which are not supported here */
  override async beginTransaction(
    connection: Connection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    if (isolationLevel ?? accessMode) throw new TypeError('Transactions have no settings.');
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** A lost connection has rolled back by itself; that must not hide the original error. */
  override async rollbackTransaction(connection: Connection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {});
  }
}
