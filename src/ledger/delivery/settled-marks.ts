import type { ExpressionBuilder } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';

/**
 * Removes marks from pairs that got their outcome while a later request for them was in flight, when
 * that request has certainly ended: its result is not needed, and another import can send the same
 * pairs. A mark from the future, made before the clock was set back, is removed too, because its end is
 * not known.
 */
export async function dropSettledMarks(db: Db, portal: string): Promise<void> {
  const now = ledgerNow(db);
  const isIdle = (eb: ExpressionBuilder<Schema, 'sent_pairs'>) =>
    eb.and([
      eb.or([eb('phase', '=', 'left_out'), eb('ends_by', '<=', now), eb('sent_at', '>', now)]),
      eb.exists(
        eb
          .selectFrom('pairs')
          .select('pairs.seq')
          .whereRef('pairs.import_id', '=', 'sent_pairs.import_id')
          .whereRef('pairs.seq', '=', 'sent_pairs.seq')
          .where('pairs.outcome', '!=', 'pending'),
      ),
    ]);
  const imports = await db
    .selectFrom('sent_pairs')
    .select('import_id')
    .distinct()
    .where('portal', '=', portal)
    .where(isIdle)
    .execute();
  for (const { import_id } of imports) {
    await changeImport(db, import_id, (tx) =>
      tx.deleteFrom('sent_pairs').where('import_id', '=', import_id).where(isIdle).execute(),
    );
  }
}
