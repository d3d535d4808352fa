import { sql } from 'kysely';
import type { Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';

/** A chunk of an order. */
export interface OrderChunk {
  order_id: number;
  number: number;
  import_id: number;
}

/**
 * Makes `owner` the chunk's only owner; the previous one cannot write any more.
 *
 * @returns undefined when there is no such chunk, or all its pairs have a result
 */
export function claimOrderChunk(
  db: Db,
  { importId, orderId, number }: { importId: number; orderId: number; number: number },
  owner: string,
): Promise<OrderChunk | undefined> {
  return changeImport(db, importId, (tx) =>
    tx
      .updateTable('order_chunks')
      .set({ owner })
      .where('order_id', '=', orderId)
      .where('number', '=', number)
      .where('import_id', '=', importId)
      .where('unsettled', '>', 0)
      .returning(['order_id', 'number', 'import_id'])
      .executeTakeFirst(),
  );
}

/** @returns whether `owner` still owns the chunk; check this inside each `changeImport` */
export async function ownsOrderChunk(db: Db, chunk: OrderChunk, owner: string): Promise<boolean> {
  const row = await db
    .selectFrom('order_chunks')
    .select('owner')
    .where('order_id', '=', chunk.order_id)
    .where('number', '=', chunk.number)
    .executeTakeFirst();
  return row?.owner === owner;
}

/** Chunks of an order with work to do. */
export interface OrderToDo {
  orderId: number;
  importId: number;
  chunks: number[];
}

/**
 * @param portal only orders on its imports
 * @returns the chunks with work to do: of running orders, and of cancelled ones with requests in flight
 */
export async function orderChunksToDo(db: Db, portal: string): Promise<OrderToDo[]> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('imports', 'imports.id', 'orders.import_id')
    .innerJoin('order_chunks', 'order_chunks.order_id', 'orders.id')
    .select(['orders.id', 'orders.import_id', 'order_chunks.number'])
    .where('imports.portal', '=', portal)
    .where('imports.state', '!=', 'removed')
    .where(sql<boolean>`order_chunks.unsettled > 0`)
    .where((eb) =>
      eb.or([
        eb('orders.state', '=', 'running'),
        eb.and([
          eb('orders.state', '=', 'cancelled'),
          eb.exists(
            eb
              .selectFrom('sent_pairs')
              .select('sent_pairs.seq')
              .whereRef('sent_pairs.import_id', '=', 'orders.import_id')
              .whereRef('sent_pairs.chunk', '=', 'order_chunks.number')
              .whereRef('sent_pairs.order_id', '=', 'orders.id'),
          ),
        ]),
      ]),
    )
    .orderBy('orders.id')
    .orderBy('order_chunks.number')
    .execute();
  const byOrder = new Map<number, OrderToDo>();
  for (const { id, import_id, number } of rows) {
    const known = byOrder.get(id) ?? { orderId: id, importId: import_id, chunks: [] };
    known.chunks.push(number);
    byOrder.set(id, known);
  }
  return [...byOrder.values()];
}
