import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

const MINUTE_MS = 60_000;

/** What happened in one minute. */
export interface Minute {
  /** Its beginning. */
  at: Date;
  invited: number;
  /** Pairs that got any outcome, the invited included. */
  settled: number;
}

/** Counts pairs that get their outcome now; belongs into the transaction that records them. */
export async function addToMinute(
  db: Db,
  importId: number,
  { invited, settled }: Omit<Minute, 'at'>,
): Promise<void> {
  if (settled === 0) return;
  await db
    .insertInto('minute_tallies')
    .values({
      ...{ import_id: importId, invited, settled },
      minute: sql<number>`cast(${ledgerNow(db)} / ${sql.lit(MINUTE_MS)} as bigint)`,
    })
    .onConflict((conflict) =>
      conflict.columns(['import_id', 'minute']).doUpdateSet((eb) => ({
        invited: eb('minute_tallies.invited', '+', eb.ref('excluded.invited')),
        settled: eb('minute_tallies.settled', '+', eb.ref('excluded.settled')),
      })),
    )
    .execute();
}

/** @returns the newest minutes in which something happened, so many at most, oldest first */
export async function readMinutes(db: Db, importId: number, limit: number): Promise<Minute[]> {
  const rows = await db
    .selectFrom('minute_tallies')
    .select(['minute', 'invited', 'settled'])
    .where('import_id', '=', importId)
    .orderBy('minute', 'desc')
    .limit(limit)
    .execute();
  return rows
    .map(({ minute, ...counts }) => ({ at: new Date(minute * MINUTE_MS), ...counts }))
    .reverse();
}
