import type { ExpressionBuilder } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';

type Marks = ExpressionBuilder<Schema, 'sent_pairs'>;

const isSettled = (eb: Marks) =>
  eb.and([
    eb('order_id', 'is', null),
    eb.exists(
      eb
        .selectFrom('pairs')
        .select('pairs.seq')
        .whereRef('pairs.import_id', '=', 'sent_pairs.import_id')
        .whereRef('pairs.seq', '=', 'sent_pairs.seq')
        .where('pairs.outcome', '!=', 'pending'),
    ),
  ]);

const isOrderSettled = (eb: Marks) =>
  eb.exists(
    eb
      .selectFrom('order_pairs')
      .select('order_pairs.seq')
      .whereRef('order_pairs.order_id', '=', 'sent_pairs.order_id')
      .whereRef('order_pairs.seq', '=', 'sent_pairs.seq')
      .where('order_pairs.result', 'is not', null),
  );

/**
 * Removes marks from settled pairs when their request has certainly ended, so that another import can
 * send the same pairs. The end of a mark from the future is not known: the clock was set back.
 */
export async function dropSettledMarks(db: Db, portal: string): Promise<void> {
  const now = ledgerNow(db);
  const isIdle = (eb: Marks) =>
    eb.and([
      eb.or([eb('phase', '=', 'left_out'), eb('ends_by', '<=', now), eb('sent_at', '>', now)]),
      eb.or([isSettled(eb), isOrderSettled(eb)]),
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
