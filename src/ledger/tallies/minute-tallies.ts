import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

const MINUTE_MS = 60_000;

/** Counts of one minute. */
export interface Minute {
  /** Beginning of the minute. */
  at: Date;
  invited: number;
  /** Pairs that got any outcome, including the invited ones. */
  settled: number;
}

/** Counts pairs that get their outcome now. Call inside the transaction that records it. */
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

/** @returns the minutes of the last hour with invitations, over all imports, oldest first */
export async function readLastHour(db: Db): Promise<Pick<Minute, 'at' | 'invited'>[]> {
  const rows = await db
    .selectFrom('minute_tallies')
    .select(['minute', (eb) => eb.fn.sum('invited').as('invited')])
    .where(
      'minute',
      '>',
      sql<number>`cast(${ledgerNow(db)} / ${sql.lit(MINUTE_MS)} as bigint) - 60`,
    )
    .groupBy('minute')
    .orderBy('minute')
    .execute();
  return rows.map(({ minute, invited }) => ({
    ...{ at: new Date(minute * MINUTE_MS), invited: Number(invited) },
  }));
}

/** @returns the newest minutes with outcomes, at most `limit`, oldest first */
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
