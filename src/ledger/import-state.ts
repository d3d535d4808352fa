import { sql, type Updateable } from 'kysely';
import type { Import, StoredImportState } from '../domain/import.ts';
import type { Db, ImportTable } from './schema.ts';

/**
 * Moves the import to another state if it is in one of the expected ones.
 *
 * @returns whether it was
 */
export async function changeState(
  db: Db,
  id: number,
  from: readonly StoredImportState[],
  to: StoredImportState,
): Promise<boolean> {
  const now = Date.now();
  const change: Updateable<ImportTable> = { state: to };
  if (to === 'finished' || to === 'cancelled') change.finished_at = now;
  if (to === 'running') change.finished_at = null;
  const { numUpdatedRows } = await db
    .updateTable('imports')
    .set(change)
    .$if(to === 'running', (query) =>
      query.set((eb) => ({
        started_at: eb.fn.coalesce('started_at', eb.val(now)),
        running_since: eb.fn.coalesce('running_since', eb.val(now)),
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

/**
 * Records that all rows were read: the import may be started, and nobody reads it any more. Belongs
 * into `asReader` where others may read it as well.
 */
export async function markReady(
  db: Db,
  id: number,
  { rows, pairs, rejectedRows }: Pick<Import, 'rows' | 'pairs' | 'rejectedRows'>,
): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      row_count: rows,
      pair_count: pairs,
      rejected_row_count: rejectedRows,
      state: 'ready',
      ...{ reading_until: 0, reader: null },
    })
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .execute();
}
