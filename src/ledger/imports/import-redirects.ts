import { MAX_ID } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from './change-import.ts';
import { moveKeys } from './idempotency-keys.ts';
import { hideImport } from './remove-import.ts';
import { storedImports } from './stored-import.ts';

/**
 * Hides an import that another one replaces, and redirects to the new one.
 *
 * @returns false when it was started in the meantime, or is removed already
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

/** @returns the import that replaces a removed one */
export async function findReplacement(db: Db, id: number): Promise<number | undefined> {
  // Postgres fails on a larger number instead of finding nothing.
  if (id > MAX_ID) return undefined;
  const found = await db
    .selectFrom('import_redirects')
    .select('target')
    .where('import_id', '=', id)
    .executeTakeFirst();
  return found?.target;
}
