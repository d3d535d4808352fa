import { type Clock, SYSTEM_CLOCK } from '../../src/domain/clock.ts';
import { openLedger } from '../../src/ledger/database.ts';
import type { Db } from '../../src/ledger/schema.ts';
import { createDatabase, isOnPostgres } from './postgres.ts';
import { type LedgerPlace, makeSqlitePlace } from './sqlite-place.ts';

export type { LedgerPlace } from './sqlite-place.ts';

/** A ledger in a place of its own, both gone after use. */
export interface TestLedger extends LedgerPlace {
  readonly db: Db;
}

/** Makes room for a ledger, on the database that this run of the test is for. */
export async function makePlace(): Promise<LedgerPlace> {
  if (!isOnPostgres) return makeSqlitePlace();
  const database = await createDatabase();
  const dispose = () => database[Symbol.asyncDispose]();
  return { place: database.url, lose: database.lose, [Symbol.asyncDispose]: dispose };
}

/**
 * @example
 * await using ledger = await openTestLedger();
 *
 * @param clock of a SQLite ledger; a Postgres server has its own
 */
export async function openTestLedger(clock: Clock = SYSTEM_CLOCK): Promise<TestLedger> {
  const room = await makePlace();
  const db = await openLedger(room.place, undefined, clock);
  return {
    db,
    place: room.place,
    lose: room.lose,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await room[Symbol.asyncDispose]();
    },
  };
}
