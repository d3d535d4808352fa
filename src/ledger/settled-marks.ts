import type { ExpressionBuilder } from 'kysely';
import { ledgerNow } from './now.ts';
import type { Db, Schema } from './schema.ts';

/**
 * Takes marks away from pairs that got their outcome while a later request for them was in flight, once
 * that request has surely ended: nobody waits for it, and another import may send the same pairs.
 */
export async function dropSettledMarks(db: Db, portal: string): Promise<void> {
  const now = ledgerNow(db);
  const isIdle = (eb: ExpressionBuilder<Schema, 'sent_pairs'>) =>
    eb.and([
      eb('sent_pairs.portal', '=', portal),
      eb.or([eb('phase', '=', 'left_out'), eb('over_at', '<=', now)]),
      eb.exists(
        eb
          .selectFrom('pairs')
          .select('pairs.seq')
          .whereRef('pairs.import_id', '=', 'sent_pairs.import_id')
          .whereRef('pairs.seq', '=', 'sent_pairs.seq')
          .where('pairs.outcome', '!=', 'pending'),
      ),
    ]);
  // Nearly always there are none, and no writer waits for that.
  const some = await db.selectFrom('sent_pairs').select('seq').where(isIdle).limit(1).execute();
  if (some.length > 0) await db.deleteFrom('sent_pairs').where(isIdle).execute();
}
