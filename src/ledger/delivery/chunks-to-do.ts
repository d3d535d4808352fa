import { type ExpressionBuilder, sql } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';

/**
 * Whether an unsettled chunk has something to do. Of a cancelled or paused import nothing is sent, but
 * what became of its requests is still found out.
 */
const isToDo = (eb: ExpressionBuilder<Schema, 'chunks' | 'imports'>) =>
  eb.or([
    eb('imports.state', 'in', ['running', 'cancelled']),
    eb.and([
      eb('imports.state', '=', 'paused'),
      eb.exists(
        eb
          .selectFrom('sent_pairs')
          .select('seq')
          .whereRef('sent_pairs.import_id', '=', 'chunks.import_id')
          .whereRef('sent_pairs.chunk', '=', 'chunks.number'),
      ),
    ]),
  ]);

/** @returns the numbers of an import's chunks that have something to do, in order */
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

/** @returns how many chunks of each of the portal's imports have something to do */
export async function countChunksToDo(db: Db, portal: string): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('chunks')
    // SQLite takes it as an order: only unsettled chunks are read, however many there ever were.
    .crossJoin('imports')
    .select(['chunks.import_id', (eb) => eb.fn.countAll().as('count')])
    .where('imports.portal', '=', portal)
    .whereRef('chunks.import_id', '=', 'imports.id')
    // Not a parameter: SQLite would not see that the index of unsettled chunks will do.
    .where(sql<boolean>`chunks.unsettled > 0`)
    .where(isToDo)
    .groupBy('chunks.import_id')
    .orderBy('chunks.import_id')
    .execute();
  return new Map(rows.map(({ import_id, count }) => [import_id, Number(count)]));
}
