import { ledgerNow } from './now.ts';
import type { Db } from './schema.ts';

/**
 * Counts the pairs that are in a request which the portal may still carry out: marked as sent, not
 * answered, and not surely over. Nobody can call these back, whatever the import's state is.
 *
 * @param importIds only of these imports. @default of all
 * @returns how many there are by import; those without any are left out
 */
export async function countInFlight(
  db: Db,
  importIds?: readonly number[],
): Promise<Map<number, number>> {
  if (importIds?.length === 0) return new Map();
  const rows = await db
    .selectFrom('sent_pairs')
    .select(['import_id', (eb) => eb.fn.countAll().as('count')])
    .$if(importIds !== undefined, (query) => query.where('import_id', 'in', importIds ?? []))
    .where('phase', '=', 'sent')
    .where('over_at', '>', ledgerNow(db))
    .groupBy('import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}
