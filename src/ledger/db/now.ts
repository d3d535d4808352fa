import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Db } from './schema.ts';

/**
 * SQL expression for the ledger's clock, in milliseconds since 1970. It is the same for all processes,
 * independent of the clocks of their machines. On SQLite all processes run on one machine.
 */
export const ledgerNow = (db: Db): RawBuilder<number> =>
  db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`ledger_now()`;

export async function readLedgerNow(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${ledgerNow(db)} as now`.execute(db);
  return Number(rows[0]?.now);
}
