import { mayBeFiltered } from '../../domain/text/filtered-text.ts';
import type { Db } from '../db/schema.ts';
import { countTexts } from '../pairs/message-store.ts';
import { recordAudit } from './audit.ts';
import { changeImport } from './change-import.ts';

export interface MessageChange {
  readonly actor: string;
  /** Whether the portal may change texts; the warning of the import's check is renewed by it. */
  readonly mayChangeTexts: boolean;
}

/**
 * Changes the invitation text of an import that has not started, for rows without a text of their own.
 *
 * @returns whether it could be changed
 */
export const changeMessage = (
  db: Db,
  importId: number,
  message: string | null,
  { actor, mayChangeTexts }: MessageChange,
): Promise<boolean> =>
  changeImport(db, importId, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('imports')
      .set({ message })
      .where('id', '=', importId)
      .where('state', '=', 'ready')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const filteredTexts = mayChangeTexts ? await countTexts(tx, importId, mayBeFiltered) : 0;
    await tx
      .updateTable('checks')
      .set({ filtered_texts: filteredTexts })
      .where('import_id', '=', importId)
      .execute();
    await recordAudit(tx, { importId, actor, action: 'message' });
    return true;
  });
