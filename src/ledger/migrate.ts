import type { Kysely } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { Problem } from '../domain/problem.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Db, SchemaParts } from './schema.ts';

/**
 * Brings the ledger to this program's version, in order, all steps in one transaction.
 *
 * @throws Problem when a newer program has been at work on it
 */
export async function migrate(db: Db, parts: SchemaParts, name: string): Promise<void> {
  const unknown = (await executedSteps(db, name)).filter((step) => !(step in MIGRATIONS));
  if (unknown.length > 0) {
    throw new Problem(
      `The ledger ${name} was written by a newer version of the program (${unknown.join(', ')}).`,
      'Install that version or a later one; this one would misread it.',
    );
  }
  const { error } = await new Migrator({ db, provider: provide(parts) }).migrateToLatest();
  if (error !== undefined) throw error;
}

async function executedSteps(db: Db, name: string): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length === 0) return [];
  if (!tables.some((table) => table.name === 'kysely_migration')) {
    throw new Problem(
      `${name} is the database of another program, not a ledger.`,
      'Set DATA_DIR to a folder of its own.',
    );
  }
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
