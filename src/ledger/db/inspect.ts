import { statSync } from 'node:fs';
import { Kysely, type KyselyConfig, type RawBuilder, sql } from 'kysely';
import { isPostgresUrl, showPostgresUrl } from '../postgres/postgres-url.ts';
import { SQLITE_PARTS, sqliteDialect } from '../sqlite/sqlite.ts';
import { explainLedgerError } from './database.ts';
import { readableSteps } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { ledgerNow } from './now.ts';
import type { Db, Schema, SchemaParts } from './schema.ts';

/** A ledger that is looked at and stays as it is: neither created nor upgraded. */
export interface LedgerInspection extends AsyncDisposable {
  readonly engine: 'SQLite' | 'Postgres';
  /** Of SQLite or of the server. */
  readonly version: string;
  /** Where it is, without user and password. */
  readonly place: string;
  /** Of the file; undefined where there is none. */
  readonly bytes: number | undefined;
  /**
   * @returns the last step of the schema that was taken, undefined of an empty database; and how many
   * the next start would take
   * @throws Problem when it is no ledger of this program's
   */
  readSchema(): Promise<{ last: string | undefined; ahead: number }>;
  /** Reads the whole file of SQLite. @returns what is damaged */
  findDamage(): Promise<string | undefined>;
  /**
   * Makes a table and takes that back, and writes what is there already: only what is committed needs
   * room on the disk. @throws what keeps it from that
   */
  tryWrite(): Promise<void>;
  /** @returns the ledger's clock in milliseconds since 1970 */
  readClock(): Promise<number>;
}

/**
 * @param place as `openLedger` takes it; a file must exist
 * @param open the ledger, where this process has it open: on SQLite another connection of the same
 * process would keep it from ever giving up the lock that is waited for
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
  // Loading it takes longer than opening a file, and most do without.
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
    // A file that is no database says so only when something of it is read.
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

/** Takes back what was written. */
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
  if (!hasTables) return;
  await db
    .updateTable('ledger')
    .set((eb) => ({ id: eb.ref('id') }))
    .execute();
}
