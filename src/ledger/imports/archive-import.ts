import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { recordAudit } from './audit.ts';

/**
 * Moves an import to the archive, or back to the list. Only an import that is not running can be there.
 *
 * @returns whether that was possible
 */
export async function archiveImport(
  db: Db,
  importId: number,
  isArchived: boolean,
  actor: string,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('imports')
      .set({ archived_at: isArchived ? ledgerNow(tx) : null })
      .where('id', '=', importId)
      .where('state', 'in', ['ready', 'finished', 'cancelled'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await recordAudit(tx, { importId, actor, action: isArchived ? 'archive' : 'unarchive' });
    return true;
  });
}
