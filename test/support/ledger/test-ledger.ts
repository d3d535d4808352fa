import { sql } from 'kysely';
import type { Clock } from '../../../src/domain/time/clock.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { createDatabase, isOnPostgres } from '../postgres/on-postgres.ts';
import { type LedgerPlace, makeSqlitePlace } from './sqlite-place.ts';

export type { LedgerPlace } from './sqlite-place.ts';

/** A ledger in its own location; disposing removes both. */
export interface TestLedger extends LedgerPlace {
  readonly db: Db;
}

/** Creates a location for a ledger on the database of this test run: SQLite or Postgres. */
export async function makePlace(): Promise<LedgerPlace> {
  if (!isOnPostgres) return makeSqlitePlace();
  const database = await createDatabase();
  const dispose = () => database[Symbol.asyncDispose]();
  return { place: database.url, lose: database.lose, [Symbol.asyncDispose]: dispose };
}

/** Emptied ledgers on Postgres, for reuse: creating one takes longer than most test files. */
const spare: Omit<TestLedger, keyof AsyncDisposable>[] = [];

/**
 * Opens a ledger for tests of its contents: a commit does not wait for the disk.
 *
 * @example
 * await using ledger = await openTestLedger();
 *
 * @param clock clock of a SQLite ledger; a Postgres server has its own
 */
export async function openTestLedger(clock?: Clock): Promise<TestLedger> {
  if (isOnPostgres) {
    const ledger = spare.pop() ?? (await makeOnPostgres());
    const release = async () => {
      await empty(ledger.db);
      spare.push(ledger);
    };
    return { ...ledger, [Symbol.asyncDispose]: release };
  }
  const place = await makePlace();
  const db = await openLedger(place.place, { unsafeWithoutSync: true, clock });
  return {
    db,
    place: place.place,
    lose: place.lose,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Creates a ledger that exists until the server ends. */
async function makeOnPostgres() {
  const { url: place, lose } = await createDatabase();
  return { place, lose, db: await openLedger(place) };
}

/** Deletes all rows of a ledger except its identity. */
async function empty(db: Db): Promise<void> {
  const tables = await db.introspection.getTables();
  const names = tables.map(({ name }) => name).filter((name) => name !== 'ledger');
  await sql`truncate ${sql.join(names.map((name) => sql.table(name)))} restart identity`.execute(
    db,
  );
}
