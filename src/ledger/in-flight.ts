import { ledgerNow } from './now.ts';
import type { Db } from './schema.ts';

/**
 * Counts the pairs that are in a request which the portal may still carry out: marked as sent, not
 * answered, and not surely over. Nobody can call these back, whatever the import's state is. A mark
 * from the future was made before the clock was set back, and does not count for so long.
 *
 * @param importIds only of these imports. @default of all
 * @returns how many there are by import; those without any are left out
 */
export async function countInFlight(
  db: Db,
  importIds?: readonly number[],
): Promise<Map<number, number>> {
  if (importIds?.length === 0) return new Map();
  const now = ledgerNow(db);
  const rows = await db
    .selectFrom('sent_pairs')
    .select(['import_id', (eb) => eb.fn.countAll().as('count')])
    .$if(importIds !== undefined, (query) => query.where('import_id', 'in', importIds ?? []))
    .where('phase', '!=', 'left_out')
    .where('sent_at', '<=', now)
    .where('over_at', '>', now)
    .groupBy('import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}
