import { sql } from 'kysely';
import type { Import, StoredImportState } from '../../domain/imports/import.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

/** Changes the state if it is one of the expected ones. @returns whether it was */
export async function changeState(
  db: Db,
  id: number,
  from: readonly StoredImportState[],
  to: StoredImportState,
): Promise<boolean> {
  const now = ledgerNow(db);
  const hasEnded = to === 'finished' || to === 'cancelled';
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set({ state: to })
    .$if(hasEnded, (query) => query.set({ finished_at: now }))
    .$if(to === 'running', (query) =>
      query.set((eb) => ({
        finished_at: null,
        archived_at: null,
        started_at: eb.fn.coalesce('started_at', now),
        running_since: eb.fn.coalesce('running_since', now),
      })),
    )
    .$if(to !== 'running', (query) =>
      query.set({
        worked_ms: sql`worked_ms + ${now} - coalesce(running_since, ${now})`,
        running_since: null,
      }),
    )
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns milliseconds; undefined when it was not started, or the clock was set back since then */
export async function readStartedAgo(db: Db, id: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('imports')
    .select(sql<number | null>`${ledgerNow(db)} - started_at`.as('ago'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.ago == null || row.ago < 0 ? undefined : Number(row.ago);
}

/** Counts of what was read from a file. */
export type StoredRows = Pick<Import, 'rows' | 'pairs' | 'rejectedRows' | 'emptyTexts'>;

/** Ends the lease as well. Call inside `withIngestLease` if other processes can read the file. */
export async function markReady(
  db: Db,
  id: number,
  { rows, pairs, rejectedRows, emptyTexts }: StoredRows,
): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      row_count: rows,
      pair_count: pairs,
      rejected_row_count: rejectedRows,
      empty_text_count: emptyTexts,
      state: 'ready',
      ...{ lease_until: 0, lease_holder: null },
    })
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .execute();
}
