import { sql } from 'kysely';
import type { UserId } from '../../domain/pairs/ids.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

const DAY_MS = 86_400_000;

/**
 * SQL condition: a person was reminded on this portal within the days of the order, or may have been, by any import. The
 * query must have `orders`, and `imports` of that order. A time in the future is older than a change of the clock.
 */
export const wasReminded = (db: Db, userId: ReturnType<typeof sql.ref>) => sql<boolean>`exists (
  select 1 from order_pairs as earlier
  inner join orders as earlier_orders on earlier_orders.id = earlier.order_id
  inner join imports as earlier_imports on earlier_imports.id = earlier.import_id
  where earlier.user_id = ${userId} and earlier.result in ('done', 'unknown')
    and earlier_orders.kind = 'remind' and earlier_imports.portal = imports.portal
    and earlier.settled_at > ${ledgerNow(db)} - coalesce(orders.every_days, 0) * ${sql.lit(DAY_MS)})`;

/** @returns those of the users who must not be reminded again yet */
export async function readReminded(
  db: Db,
  orderId: number,
  userIds: readonly UserId[],
): Promise<Set<UserId>> {
  if (userIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('orders')
    .innerJoin('imports', 'imports.id', 'orders.import_id')
    .innerJoin('order_pairs', (join) => join.on('order_pairs.user_id', 'in', userIds))
    .select('order_pairs.user_id')
    .distinct()
    .where('orders.id', '=', orderId)
    .where(wasReminded(db, sql.ref('order_pairs.user_id')))
    .execute();
  return new Set(rows.map(({ user_id }) => user_id));
}

/** @returns those of the users that the order reminds already, for another group */
export async function readChosen(
  db: Db,
  orderId: number,
  userIds: readonly UserId[],
): Promise<Set<UserId>> {
  if (userIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('order_pairs')
    .select('user_id')
    .where('order_id', '=', orderId)
    .where('user_id', 'in', userIds)
    .where('result', 'is', null)
    .execute();
  return new Set(rows.map(({ user_id }) => user_id));
}
