import type { Db } from '../ledger/db/schema.ts';
import { chunksToDo } from '../ledger/delivery/chunks-to-do.ts';
import type { InviteQueue } from '../queue/invite-queue.ts';

/**
 * Creates a job for each chunk that has work and no live job: the one mechanism behind start, resume,
 * retry, restart and a lost Redis.
 */
export async function enqueuePending(db: Db, queue: InviteQueue, importId: number): Promise<void> {
  await queue.enqueue(importId, await chunksToDo(db, importId));
}
