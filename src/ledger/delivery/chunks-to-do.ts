import { type ExpressionBuilder, sql } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';

/**
 * Paused and cancelled imports send nothing, but requests in flight still get their outcomes. A trial sends
 * only its own pairs.
 */
const isToDo = (eb: ExpressionBuilder<Schema, 'chunks' | 'imports'>) =>
  eb.or([
    eb.and([
      eb('imports.state', 'in', ['running', 'cancelled']),
      eb.or([
        eb('imports.trial', 'is', null),
        eb.exists(
          eb
            .selectFrom('trial_pairs')
            .select('trial_pairs.seq')
            .whereRef('trial_pairs.import_id', '=', 'chunks.import_id')
            .whereRef('trial_pairs.chunk', '=', 'chunks.number'),
        ),
      ]),
    ]),
    eb.and([
      eb('imports.state', '=', 'paused'),
      eb.exists(
        eb
          .selectFrom('sent_pairs')
          .select('seq')
          .whereRef('sent_pairs.import_id', '=', 'chunks.import_id')
          .whereRef('sent_pairs.chunk', '=', 'chunks.number')
          .where('sent_pairs.order_id', 'is', null),
      ),
    ]),
  ]);

/** @returns the numbers of an import's chunks with work to do, in order */
export async function chunksToDo(db: Db, importId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('chunks')
    .innerJoin('imports', 'imports.id', 'chunks.import_id')
    .select('chunks.number')
    .where('chunks.import_id', '=', importId)
    .where('chunks.unsettled', '>', 0)
    .where(isToDo)
    .orderBy('chunks.number')
    .execute();
  return rows.map(({ number }) => number);
}

/** @returns the number of chunks with work to do, by import of the portal */
export async function countChunksToDo(db: Db, portal: string): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('chunks')
    // For SQLite this fixes the join order: only unsettled chunks are read, not all that ever existed.
    .crossJoin('imports')
    .select(['chunks.import_id', (eb) => eb.fn.countAll().as('count')])
    .where('imports.portal', '=', portal)
    .whereRef('chunks.import_id', '=', 'imports.id')
    // Not a parameter: with one, SQLite does not use the partial index of unsettled chunks.
    .where(sql<boolean>`chunks.unsettled > 0`)
    .where(isToDo)
    .groupBy('chunks.import_id')
    .orderBy('chunks.import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}
