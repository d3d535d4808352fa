import { statSync } from 'node:fs';
import { Kysely, type KyselyConfig, type RawBuilder, sql } from 'kysely';
import { isPostgresUrl, showPostgresUrl } from '../postgres/postgres-url.ts';
import { SQLITE_PARTS, sqliteDialect } from '../sqlite/sqlite.ts';
import { explainLedgerError } from './database.ts';
import { touchLedger } from './identity.ts';
import { readableSteps } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { ledgerNow } from './now.ts';
import type { Db, Schema, SchemaParts } from './schema.ts';

/** A ledger opened for inspection: it is neither created nor upgraded. */
export interface LedgerInspection extends AsyncDisposable {
  readonly engine: 'SQLite' | 'Postgres';
  /** Version of SQLite or of the server. */
  readonly version: string;
  /** Location, without user and password. */
  readonly place: string;
  /** Size of the file; undefined on Postgres. */
  readonly bytes: number | undefined;
  /**
   * @returns the last migration that was applied (undefined in an empty database), and how many the
   * next start would apply
   * @throws Problem when it is not a ledger of this program
   */
  readSchema(): Promise<{ last: string | undefined; ahead: number }>;
  /** Reads the whole SQLite file. @returns a description of the damage; undefined when it is sound */
  findDamage(): Promise<string | undefined>;
  /**
   * Creates a table and rolls that back, then rewrites an existing value, because only a commit needs
   * space on the disk. @throws the error that prevents it
   */
  tryWrite(): Promise<void>;
  readClock(): Promise<number>;
}

/**
 * @param open the ledger, when this process has it open: a second connection to SQLite would block it
 * @throws Problem when it cannot be opened
 */
export async function inspectLedger(place: string, open?: Db): Promise<LedgerInspection> {
  return isPostgresUrl(place) ? inspectPostgres(place, open) : inspectSqlite(place, open);
}

async function inspectSqlite(path: string, open?: Db): Promise<LedgerInspection> {
  const { size: bytes } = statSync(path);
  const versionQuery = sql<{ version: string }>`select sqlite_version() as version`;
  return inspect(open, {
    ...{ engine: 'SQLite', place: path, bytes, versionQuery, parts: SQLITE_PARTS },
    config: () => ({ dialect: sqliteDialect(path) }),
  });
}

async function inspectPostgres(url: string, open?: Db): Promise<LedgerInspection> {
  const { POSTGRES_PARTS, POSTGRES_PLUGINS, postgresDialect } = await import(
    '../postgres/postgres.ts'
  );
  const place = showPostgresUrl(url);
  const version = sql.lit('server_version');
  const versionQuery = sql<{ version: string }>`select current_setting(${version}) as version`;
  return inspect(open, {
    ...{ engine: 'Postgres', place, bytes: undefined, versionQuery, parts: POSTGRES_PARTS },
    config: () => ({ dialect: postgresDialect(url, place), plugins: POSTGRES_PLUGINS }),
  });
}

interface Engine extends Pick<LedgerInspection, 'engine' | 'place' | 'bytes'> {
  readonly parts: SchemaParts;
  readonly versionQuery: RawBuilder<{ version: string }>;
  config(): KyselyConfig;
}

async function inspect(
  open: Db | undefined,
  { engine, place, bytes, parts, versionQuery, config }: Engine,
): Promise<LedgerInspection> {
  const db = open ?? new Kysely<Schema>(config());
  const close = async () => {
    if (open === undefined) await db.destroy().catch(() => {});
  };
  try {
    const { rows } = await versionQuery.execute(db);
    // For a file that is not a database, SQLite fails only when it reads from it.
    const schema = await parts.ownSchema(db);
    const tables = await db.introspection.getTables();
    const hasTables = tables.some((table) => table.name === 'ledger' && table.schema === schema);
    return {
      ...{ engine, place, bytes, version: rows[0]?.version ?? '' },
      async readSchema() {
        const taken = await readableSteps(db, schema, place);
        return { last: taken.toSorted().at(-1), ahead: stepsAhead(taken) };
      },
      async findDamage() {
        const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
        const said = rows[0]?.quick_check;
        return said === 'ok' ? undefined : said;
      },
      tryWrite: () => tryWrite(db, hasTables),
      async readClock() {
        const { now } = await db.selectNoFrom(ledgerNow(db).as('now')).executeTakeFirstOrThrow();
        return now;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw explainLedgerError(error, place);
  }
}

const stepsAhead = (taken: readonly string[]): number =>
  Object.keys(MIGRATIONS).filter((step) => !taken.includes(step)).length;

class TakenBack extends Error {}

async function tryWrite(db: Db, hasTables: boolean): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      await transaction.schema.createTable('set_up_probe').addColumn('id', 'integer').execute();
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  if (hasTables) await touchLedger(db);
}
