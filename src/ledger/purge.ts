import type { Import } from '../domain/import.ts';
import { changeImport } from './change-import.ts';
import { completeRemoval, hideImport } from './remove-import.ts';
import type { Db } from './schema.ts';
import { storedImports, toImport } from './stored-import.ts';

/** States in which nothing happens any more, unless somebody retries. */
const ENDED = ['finished', 'cancelled'] as const;

const purgeable = (db: Db, endedBefore: Date) =>
  storedImports(db)
    .where('state', 'in', ENDED)
    .where('finished_at', '<', endedBefore.getTime())
    // Of a cancelled import, requests may still be in flight.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('chunks')
            .select('number')
            .whereRef('chunks.import_id', '=', 'imports.id')
            .where('unsettled', '>', 0),
        ),
      ),
    );

/** @returns the imports that ended before, oldest first */
export async function endedImports(db: Db, endedBefore: Date): Promise<Import[]> {
  return (await purgeable(db, endedBefore).orderBy('id').execute()).map(toImport);
}

/**
 * Removes an import with all it has; only one that ended before, so that one which somebody retries
 * meanwhile stays. It is gone at once for everybody, and what it has goes in parts after it.
 *
 * @returns whether it is gone
 */
export async function purgeImport(db: Db, id: number, endedBefore: Date): Promise<boolean> {
  const gone = await changeImport(db, id, async (tx) => {
    const found = await purgeable(tx, endedBefore).where('id', '=', id).executeTakeFirst();
    if (found !== undefined) await hideImport(tx, id);
    return found !== undefined;
  });
  if (gone) await completeRemoval(db, id);
  return gone;
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
