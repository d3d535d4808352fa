import type { Db } from '../ledger/db/schema.ts';
import { chunksToDo } from '../ledger/delivery/chunks-to-do.ts';
import { orderChunksToDo } from '../ledger/orders/order-chunks.ts';
import type { InviteQueue } from '../queue/invite-queue.ts';

/** Creates a job for each chunk of the portal's orders that has work and no live job. @returns the number of chunks */
export async function enqueueOrders(db: Db, queue: InviteQueue, portal: string): Promise<number> {
  const orders = await orderChunksToDo(db, portal);
  for (const { importId, orderId, chunks } of orders) {
    await queue.enqueue(importId, chunks, orderId);
  }
  return orders.reduce((sum, { chunks }) => sum + chunks.length, 0);
}

/**
 * Creates a job for each chunk that has work and no live job: the one mechanism behind start, resume,
 * retry, restart and a lost Redis.
 */
export async function enqueuePending(db: Db, queue: InviteQueue, importId: number): Promise<void> {
  await queue.enqueue(importId, await chunksToDo(db, importId));
}
