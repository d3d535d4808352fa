import type { Selectable } from 'kysely';
import { reasonsToRetry } from '../../domain/pairs/outcome.ts';
import { ledgerNow } from '../db/now.ts';
import type { ChunkTable, Db } from '../db/schema.ts';
import { readTallies } from '../tallies/tallies.ts';
import { divideByChunk, type PairKey } from './divide-by-chunk.ts';

/** A chunk with an ordered retry, and the reason of that retry. */
export type ChunkToRetry = Selectable<ChunkTable> & {
  retry_id: number;
  reason: string | null;
  is_part: 0 | 1;
};

/**
 * Orders a retry: the pairs with the reasons of `reasonsToRetry` are to be pending again, with zero
 * attempts. `retryOrdered` carries it out, chunk by chunk; until then the import does not finish. Call
 * inside `changeImport`.
 *
 * @param reason only pairs with this reason
 * @returns the number of pairs, including some that another import may have in flight and that stay
 */
export async function addRetryOrder(
  tx: Db,
  importId: number,
  reason: string | undefined,
): Promise<number> {
  const reasons: readonly (string | null)[] = reasonsToRetry(reason);
  const count = (await readTallies(tx, importId))
    .filter((tally) => reasons.includes(tally.reason))
    .reduce((sum, tally) => sum + tally.count, 0);
  if (count === 0) return 0;
  const id = await addRetry(tx, importId, { reason: reason ?? null });
  await tx.updateTable('chunks').set({ retry_id: id }).where('import_id', '=', importId).execute();
  return count;
}

/** Rows per statement. */
const ROWS = 1_000;

/** Orders a retry of chosen pairs, whatever the reason for which they were not invited; like the above. */
export async function addChosenRetry(
  tx: Db,
  importId: number,
  pairs: readonly PairKey[],
): Promise<number> {
  if (pairs.length === 0) return 0;
  const id = await addRetry(tx, importId, { reason: null, is_part: 1 });
  const chunks = [...(await divideByChunk(tx, importId, pairs)).keys()];
  for (let at = 0; at < pairs.length; at += ROWS) {
    const rows = pairs.slice(at, at + ROWS);
    await tx
      .insertInto('retry_pairs')
      .values(rows.map(({ seq }) => ({ import_id: importId, retry_id: id, seq })))
      .execute();
  }
  for (let at = 0; at < chunks.length; at += ROWS) {
    await tx
      .updateTable('chunks')
      .set({ retry_id: id })
      .where('import_id', '=', importId)
      .where('number', 'in', chunks.slice(at, at + ROWS))
      .execute();
  }
  return pairs.length;
}

async function addRetry(
  tx: Db,
  importId: number,
  what: { reason: string | null; is_part?: 1 },
): Promise<number> {
  const { id } = await tx
    .insertInto('retries')
    .values({ import_id: importId, at: ledgerNow(tx), ...what })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes the order back where it is not carried out yet. Call inside `changeImport`. */
export async function forgetRetry(tx: Db, importId: number): Promise<void> {
  await tx
    .updateTable('chunks')
    .set({ retry_id: null })
    .where('import_id', '=', importId)
    .where('retry_id', 'is not', null)
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
    .where('chunks.retry_id', 'is not', null)
    .where('imports.portal', '=', portal)
    .execute();
  return rows.map(({ import_id }) => import_id);
}

/** @returns the next chunk with an ordered retry */
export const nextToRetry = (db: Db, importId: number): Promise<ChunkToRetry | undefined> =>
  db
    .selectFrom('chunks')
    .innerJoin('retries', 'retries.id', 'chunks.retry_id')
    .selectAll('chunks')
    .select(['retries.reason', 'retries.is_part'])
    .where('chunks.import_id', '=', importId)
    .where('chunks.retry_id', 'is not', null)
    .$narrowType<{ retry_id: number }>()
    .orderBy('chunks.number')
    .limit(1)
    .executeTakeFirst();
