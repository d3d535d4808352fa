import type { Selectable } from 'kysely';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { ChunkTable, Db } from '../db/schema.ts';
import { readTallies } from '../tallies/tallies.ts';

/** In `chunks.retry_reason`: whatever the reason. */
export const ALL = '*';
/** What a retry puts back in line. */
export const RETRYABLE_OUTCOMES: readonly Outcome[] = ['failed', 'unknown'];

/**
 * Orders that what failed or is unknown goes back in line, attempts at zero. `retryOrdered` does
 * it, chunk by chunk; until then the import does not end. Belongs into `changeImport`.
 *
 * @param reason only pairs with this reason
 * @returns how many there are; less one or the other that another import has in flight
 */
export async function addRetryOrder(
  tx: Db,
  importId: number,
  reason: string | undefined,
): Promise<number> {
  const count = (await readTallies(tx, importId))
    .filter((tally) => RETRYABLE_OUTCOMES.includes(tally.outcome))
    .filter((tally) => reason === undefined || tally.reason === reason)
    .reduce((sum, tally) => sum + tally.count, 0);
  if (count === 0) return 0;
  await tx
    .updateTable('chunks')
    .set({ retry_reason: reason ?? ALL })
    .where('import_id', '=', importId)
    .execute();
  return count;
}

/** Takes the order back where it was not carried out yet; belongs into `changeImport`. */
export async function forgetRetry(tx: Db, importId: number): Promise<void> {
  await tx
    .updateTable('chunks')
    .set({ retry_reason: null })
    .where('import_id', '=', importId)
    .where('retry_reason', 'is not', null)
    .execute();
}

/** @returns whether something of an import is still to be put back in line */
export async function isRetrying(db: Db, importId: number): Promise<boolean> {
  return (await nextToRetry(db, importId)) !== undefined;
}

/** @returns the portal's imports of which something is still to be put back in line */
export async function importsToRetry(db: Db, portal: string): Promise<number[]> {
  const rows = await db
    .selectFrom('chunks')
    .innerJoin('imports', 'imports.id', 'chunks.import_id')
    .select('chunks.import_id')
    .distinct()
    .where('chunks.retry_reason', 'is not', null)
    .where('imports.portal', '=', portal)
    .execute();
  return rows.map(({ import_id }) => import_id);
}

/** @returns the next chunk of which a retry was ordered */
export const nextToRetry = (
  db: Db,
  importId: number,
): Promise<Selectable<ChunkTable> | undefined> =>
  db
    .selectFrom('chunks')
    .selectAll()
    .where('import_id', '=', importId)
    .where('retry_reason', 'is not', null)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
