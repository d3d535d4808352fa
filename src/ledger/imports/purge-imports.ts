import type { Import } from '../../domain/imports/import.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { completeRemoval, hideImport } from './remove-import.ts';
import { storedImports, toImport } from './stored-import.ts';

/** Imports that ended before the date, and drafts that were created before it and never started. */
const purgeable = (db: Db, before: Date) =>
  storedImports(db).where((eb) =>
    eb.or([
      eb.and([
        eb('state', 'in', ['finished', 'cancelled']),
        eb('finished_at', '<', before.getTime()),
        // An order on it is being carried out.
        eb.not(
          eb.exists(
            eb
              .selectFrom('orders')
              .select('orders.id')
              .whereRef('orders.import_id', '=', 'imports.id')
              .where('orders.state', '=', 'running'),
          ),
        ),
        // A cancelled import can still have requests in flight.
        eb.not(
          eb.exists(
            eb
              .selectFrom('chunks')
              .select('number')
              .whereRef('chunks.import_id', '=', 'imports.id')
              .where('unsettled', '>', 0),
          ),
        ),
      ]),
      eb.and([
        eb('state', 'in', ['reading', 'ready', 'paused']),
        eb('started_at', 'is', null),
        eb('created_at', '<', before.getTime()),
        // A process can be reading it again after a restart.
        eb('lease_until', '<=', ledgerNow(db)),
      ]),
    ]),
  );

/** @returns imports that ended before the date, or are older and were never started; oldest first */
export async function purgeableImports(db: Db, before: Date): Promise<Import[]> {
  return (await purgeable(db, before).orderBy('id').execute()).map(toImport);
}

/**
 * Removes an import with all its data, if it is still purgeable: an import that was started or retried in
 * the meantime stays. The import is hidden at once, and its rows are deleted in parts afterwards.
 *
 * @returns whether it was removed
 */
export async function purgeImport(db: Db, id: number, before: Date): Promise<boolean> {
  const gone = await hidePurgeable(db, id, before);
  if (gone) await completeRemoval(db, id);
  return gone;
}

/**
 * Hides an import that has ended, or was never started, so that it is gone at once; `purgeRemoved` deletes
 * its rows.
 *
 * @returns false when it is running, paused, or being read, or has requests in flight
 */
export const hideEnded = (db: Db, id: number): Promise<boolean> =>
  hidePurgeable(db, id, new Date(LATEST_MS));

/** The latest time of JavaScript. */
const LATEST_MS = 8.64e15;

const hidePurgeable = (db: Db, id: number, before: Date): Promise<boolean> =>
  changeImport(db, id, async (tx) => {
    const found = await purgeable(tx, before).where('id', '=', id).executeTakeFirst();
    if (found !== undefined) await hideImport(tx, id);
    return found !== undefined;
  });

/** Deletes older notices, and audit entries of no import. @returns how many were deleted */
export async function purgeNotices(db: Db, before: Date): Promise<number> {
  const audit = await db
    .deleteFrom('audit')
    .where('import_id', 'is', null)
    .where('at', '<', before.getTime())
    .executeTakeFirst();
  const notices = await db
    .deleteFrom('notices')
    .where('created_at', '<', before.getTime())
    .executeTakeFirst();
  return Number(audit.numDeletedRows + notices.numDeletedRows);
}

/** Completes removals. @returns their number. @param isStopped checked after each part */
export async function purgeRemoved(db: Db, isStopped = () => false): Promise<number> {
  const removed = await db
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'removed')
    .execute();
  for (const { id } of removed) await completeRemoval(db, id, isStopped);
  return removed.length;
}

/** @returns whether the removal of an import is not complete */
export async function hasRemovals(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'removed')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
