import { MAX_ID } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { moveKeys } from './idempotency-keys.ts';
import { hideImport } from './remove-import.ts';
import { storedImports } from './stored-import.ts';

/**
 * Lets an import go for which another one stands now, and remembers which; what it had replaced
 * itself leads there as well. Nobody finds it any more; `purgeRemoved` takes away what it has.
 *
 * @returns whether it went: one that was started meanwhile, or is gone already, is left as it is
 */
export async function replaceImport(db: Db, id: number, replacement: number): Promise<boolean> {
  return changeImport(db, id, async (tx) => {
    const old = await storedImports(tx).where('id', '=', id).executeTakeFirst();
    if (old === undefined || old.started_at !== null) return false;
    await tx
      .updateTable('import_redirects')
      .set({ target: replacement })
      .where('target', '=', id)
      .execute();
    await tx
      .insertInto('import_redirects')
      .values({ import_id: id, target: replacement })
      .execute();
    await moveKeys(tx, id, replacement);
    await hideImport(tx, id);
    return true;
  });
}

/** @returns the import that stands in the place of one that is gone */
export async function findReplacement(db: Db, id: number): Promise<number | undefined> {
  // Postgres takes a larger number for a mistake, not for the id of nothing.
  if (id > MAX_ID) return undefined;
  const found = await db
    .selectFrom('import_redirects')
    .select('target')
    .where('import_id', '=', id)
    .executeTakeFirst();
  return found?.target;
}
