import type { Selectable } from 'kysely';
import type {
  Order,
  OrderKind,
  OrderMeans,
  OrderState,
  OrderTally,
} from '../../domain/imports/order.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, OrderTable } from '../db/schema.ts';

/** An order as it is stored, with why its preview failed. */
export interface StoredOrder extends Order {
  problem: CodedText | null;
}

/** States of an order that nobody has confirmed. */
const UNCONFIRMED: readonly OrderState[] = ['reading', 'ready', 'failed'];

/** Creates an order whose preview is to be read. Call inside `changeImport`. @returns its id */
export async function createOrder(
  tx: Db,
  order: Pick<Order, 'importId' | 'kind' | 'actor' | 'message' | 'pairs'> & {
    everyDays: number | null;
  },
): Promise<number> {
  await deleteUnconfirmed(tx, order.importId, order.kind);
  const { id } = await tx
    .insertInto('orders')
    .values({
      ...{ import_id: order.importId, kind: order.kind, state: 'reading', actor: order.actor },
      ...{
        message: order.message,
        every_days: order.everyDays,
        pair_count: order.pairs,
        created_at: ledgerNow(tx),
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A new preview replaces the earlier ones. */
async function deleteUnconfirmed(tx: Db, importId: number, kind: OrderKind): Promise<void> {
  const rows = await tx
    .deleteFrom('orders')
    .where('import_id', '=', importId)
    .where('kind', '=', kind)
    .where('state', 'in', UNCONFIRMED)
    .returning('id')
    .execute();
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await tx.deleteFrom('order_pairs').where('order_id', 'in', ids).execute();
  await tx.deleteFrom('order_chunks').where('order_id', 'in', ids).execute();
}

export async function findOrder(db: Db, id: number): Promise<StoredOrder | undefined> {
  const row = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toOrder(row);
}

/** @returns the import's latest order of this kind */
export async function latestOrder(
  db: Db,
  importId: number,
  kind: OrderKind,
): Promise<StoredOrder | undefined> {
  const row = await db
    .selectFrom('orders')
    .selectAll()
    .where('import_id', '=', importId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toOrder(row);
}

/** @returns whether an order of the import is being carried out */
export async function hasRunningOrder(db: Db, importId: number): Promise<boolean> {
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('import_id', '=', importId)
    .where('state', '=', 'running')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns numbers of the order's pairs by result and reason */
export async function readOrderTallies(db: Db, orderId: number): Promise<OrderTally[]> {
  const rows = await db
    .selectFrom('order_pairs')
    .select(['result', 'reason', (eb) => eb.fn.countAll().as('count')])
    .where('order_id', '=', orderId)
    .groupBy(['result', 'reason'])
    .orderBy('result')
    .orderBy('reason')
    .execute();
  return rows.map(({ result, reason, count }) => ({ result, reason, count: Number(count) }));
}

/** Changes the state if it is one of the expected ones. @returns whether it was */
export async function changeOrder(
  tx: Db,
  id: number,
  from: readonly OrderState[],
  to: OrderState,
  { problem }: { problem?: CodedText } = {},
): Promise<boolean> {
  const now = ledgerNow(tx);
  const { numUpdatedRows } = await tx
    .updateTable('orders')
    .set({ state: to })
    .$if(problem !== undefined, (query) => query.set({ problem: JSON.stringify(problem) }))
    .$if(to === 'running', (query) => query.set({ started_at: now }))
    .$if(to === 'finished' || to === 'cancelled', (query) => query.set({ ended_at: now }))
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function setMeans(db: Db, id: number, means: OrderMeans): Promise<void> {
  await db
    .updateTable('orders')
    .set({ means: JSON.stringify(means) })
    .where('id', '=', id)
    .execute();
}

function toOrder(row: Selectable<OrderTable>): StoredOrder {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms));
  return {
    ...{ id: row.id, importId: row.import_id, kind: row.kind, state: row.state },
    ...{ actor: row.actor, message: row.message, read: row.read_count, pairs: row.pair_count },
    means: row.means === null ? null : JSON.parse(row.means),
    problem: row.problem === null ? null : JSON.parse(row.problem),
    createdAt: new Date(row.created_at),
    startedAt: date(row.started_at),
    endedAt: date(row.ended_at),
  };
}
