import type { Kysely } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { Problem } from '../../domain/errors/problem.ts';
import { problem, problemOf } from '../../messages/problems.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Db, SchemaParts } from './schema.ts';

/**
 * Upgrades the ledger to this program's version: all steps, in order, in one transaction. When two
 * processes do this at once, one waits for the other.
 *
 * @throws Problem when a newer program has changed it
 */
export async function migrate(db: Db, parts: SchemaParts, name: string): Promise<void> {
  const schema = await parts.ownSchema(db);
  await readableSteps(db, schema, name);
  const { error } = await new Migrator({
    db,
    provider: provide(parts),
    ...(schema !== undefined && { migrationTableSchema: schema }),
  }).migrateToLatest();
  if (error !== undefined) throw error;
}

/** A newer program has changed the ledger; this one would misread it. */
export class LedgerNewer extends Problem {}

/** @throws LedgerNewer when a newer program has changed the open ledger in the meantime */
export async function refuseNewer(db: Db): Promise<void> {
  const unknown = (await takenSteps(db)).filter((step) => !(step in MIGRATIONS));
  if (unknown.length === 0) return;
  throw new LedgerNewer(...problemOf('ledger_newer_meanwhile', { steps: unknown.join(', ') }));
}

/**
 * @param schema of the ledger's tables, where the database has schemas
 * @returns the names of the applied migrations; none when the database is empty
 * @throws Problem when it is the database of another program, or a newer version has changed it
 */
export async function readableSteps(
  db: Db,
  schema: string | undefined,
  name: string,
): Promise<string[]> {
  const steps = await executedSteps(db, schema, name);
  const unknown = steps.filter((step) => !(step in MIGRATIONS));
  if (unknown.length === 0) return steps;
  throw new LedgerNewer(...problemOf('ledger_newer', { ledger: name, steps: unknown.join(', ') }));
}

async function executedSteps(db: Db, schema: string | undefined, name: string): Promise<string[]> {
  const all = await db.introspection.getTables({ withInternalKyselyTables: true });
  // Other programs can have their own schemas, and the server's views can be in any schema.
  const tables = all.filter((table) => !table.isView && table.schema === schema);
  if (tables.length === 0) return [];
  if (!tables.some((table) => table.name === 'kysely_migration')) {
    throw problem('ledger_foreign', { ledger: name });
  }
  return takenSteps(db);
}

async function takenSteps(db: Db): Promise<string[]> {
  const history: Kysely<{ kysely_migration: { name: string } }> = db.withTables();
  const rows = await history.selectFrom('kysely_migration').select('name').execute();
  return rows.map((row) => row.name);
}

function provide(parts: SchemaParts): MigrationProvider {
  const steps = Object.entries(MIGRATIONS).map(([name, step]) => [
    name,
    { up: (db: Kysely<unknown>) => step(db, parts) },
  ]);
  return { getMigrations: async () => Object.fromEntries(steps) };
}
