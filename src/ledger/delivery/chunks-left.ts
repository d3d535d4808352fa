import { sql } from 'kysely';
import type { ChunksLeft } from '../../domain/time/work-left.ts';
import type { Db } from '../db/schema.ts';

export const NO_CHUNKS: ChunksLeft = {
  ...{ pairs: 0, requests: 0, count: 0, largest: 0, first: 0, last: 0 },
};

/**
 * @param pairsPerRequest the most pairs that a request carries
 * @returns the chunks of each import that hold pending pairs, without imports that have none
 */
export async function readChunksLeft(
  db: Db,
  importIds: readonly number[],
  pairsPerRequest: number,
): Promise<Map<number, ChunksLeft>> {
  if (importIds.length === 0) return new Map();
  const most = sql.lit(Math.min(pairsPerRequest, 1_000_000));
  const rows = await db
    .selectFrom('chunks')
    .select((eb) => [
      'import_id',
      eb.fn.countAll().as('count'),
      eb.fn.sum('unsettled').as('pairs'),
      sql<number | string>`sum((unsettled + ${most} - 1) / ${most})`.as('requests'),
      eb.fn.max('unsettled').as('largest'),
      eb.fn.min('number').as('first'),
      eb.fn.max('number').as('last'),
    ])
    .where('import_id', 'in', importIds)
    .where('unsettled', '>', 0)
    .groupBy('import_id')
    .execute();
  return new Map(
    rows.map(({ import_id, first, last, largest, ...sums }) => [
      import_id,
      {
        ...{ first, last, largest },
        pairs: Number(sums.pairs),
        requests: Number(sums.requests),
        count: Number(sums.count),
      },
    ]),
  );
}
