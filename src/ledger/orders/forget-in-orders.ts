import type { UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { finishOrderWhenSettled } from './settle-order.ts';

/** Removes a person from an import's orders; nothing more is done with them. Call inside `changeImport`. */
export async function forgetInOrders(tx: Db, importId: number, userId: UserId): Promise<void> {
  const removed = await tx
    .deleteFrom('order_pairs')
    .where('import_id', '=', importId)
    .where('user_id', '=', userId)
    .returning(['order_id', 'chunk', 'result'])
    .execute();
  const waiting = removed.filter(({ result }) => result === null);
  for (const { order_id, chunk } of waiting) {
    await tx
      .updateTable('order_chunks')
      .set((eb) => ({ unsettled: eb('unsettled', '-', 1) }))
      .where('order_id', '=', order_id)
      .where('number', '=', chunk)
      .execute();
  }
  for (const id of new Set(waiting.map(({ order_id }) => order_id))) {
    await finishOrderWhenSettled(tx, id);
  }
}
