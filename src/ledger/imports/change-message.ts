import type { Db } from '../db/schema.ts';
import { recordAudit } from './audit.ts';
import { changeImport } from './change-import.ts';

/**
 * Changes the invitation text of an import that has not started, for rows without a text of their own.
 *
 * @returns whether it could be changed
 */
export const changeMessage = (
  db: Db,
  importId: number,
  message: string | null,
  actor: string,
): Promise<boolean> =>
  changeImport(db, importId, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('imports')
      .set({ message })
      .where('id', '=', importId)
      .where('state', '=', 'ready')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await recordAudit(tx, { importId, actor, action: 'message' });
    return true;
  });
