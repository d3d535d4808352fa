import type { Import } from '../../domain/imports/import.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { completeRemoval, hideImport } from './remove-import.ts';
import { storedImports, toImport } from './stored-import.ts';

/** What nobody will miss: imports that ended before, and drafts that came before and nobody started. */
const purgeable = (db: Db, before: Date) =>
  storedImports(db).where((eb) =>
    eb.or([
      eb.and([
        eb('state', 'in', ['finished', 'cancelled']),
        eb('finished_at', '<', before.getTime()),
        // Of a cancelled import, requests may still be in flight.
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
        // Somebody may be reading it again after a restart.
        eb('lease_until', '<=', ledgerNow(db)),
      ]),
    ]),
  );

/** @returns the imports that ended before, or came before and were never started; oldest first */
export async function purgeableImports(db: Db, before: Date): Promise<Import[]> {
  return (await purgeable(db, before).orderBy('id').execute()).map(toImport);
}

/**
 * Removes an import with all it has; only one that may go, so that one which somebody starts or
 * retries meanwhile stays. It is gone at once for everybody, and what it has goes in parts after it.
 *
 * @returns whether it is gone
 */
export async function purgeImport(db: Db, id: number, before: Date): Promise<boolean> {
  const gone = await changeImport(db, id, async (tx) => {
    const found = await purgeable(tx, before).where('id', '=', id).executeTakeFirst();
    if (found !== undefined) await hideImport(tx, id);
    return found !== undefined;
  });
  if (gone) await completeRemoval(db, id);
  return gone;
}

/**
 * Removes what came before and belongs to no import: the portal's entries of the audit trail; and
 * news that nobody fetched, of whatever.
 *
 * @returns how many entries there were
 */
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

/**
 * Completes removals that were begun, or broke off.
 *
 * @param isStopped asked now and then; what is left is for another time. @default never
 * @returns of how many imports
 */
export async function purgeRemoved(db: Db, isStopped = () => false): Promise<number> {
  const removed = await db
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'removed')
    .execute();
  for (const { id } of removed) await completeRemoval(db, id, isStopped);
  return removed.length;
}

/** @returns whether the removal of an import was begun and not completed */
export async function hasRemovals(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'removed')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
