import type { Selectable } from 'kysely';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { ChunkTable, Db } from '../db/schema.ts';
import { readTallies } from '../tallies/tallies.ts';

/** In `chunks.retry_reason`: any reason. */
export const ALL = '*';
/** Outcomes that a retry sets to pending. */
export const RETRYABLE_OUTCOMES: readonly Outcome[] = ['failed', 'unknown'];

/**
 * Orders a retry: failed and unknown pairs are to be pending again, with zero attempts. `retryOrdered`
 * carries it out, chunk by chunk; until then the import does not finish. Call inside `changeImport`.
 *
 * @param reason only pairs with this reason
 * @returns the number of pairs, including some that another import may have in flight and that stay
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

/** Takes the order back where it is not carried out yet. Call inside `changeImport`. */
export async function forgetRetry(tx: Db, importId: number): Promise<void> {
  await tx
    .updateTable('chunks')
    .set({ retry_reason: null })
    .where('import_id', '=', importId)
    .where('retry_reason', 'is not', null)
    .execute();
}

/** @returns whether a retry of the import is not fully carried out */
export async function isRetrying(db: Db, importId: number): Promise<boolean> {
  return (await nextToRetry(db, importId)) !== undefined;
}

/** @returns the portal's imports with a retry that is not fully carried out */
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

/** @returns the next chunk with an ordered retry */
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
