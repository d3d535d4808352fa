import type { Db } from '../ledger/db/schema.ts';
import { ownsChunk } from '../ledger/delivery/chunks.ts';
import { changeImport } from '../ledger/imports/change-import.ts';
import type { OwnedChunk, StepResult } from './pipeline-context.ts';

/**
 * Changes a chunk in one transaction, unless another turn owns it by now and handles its pairs. The owner
 * cannot change before the transaction ends, because a claim waits for that.
 */
export async function withOwnership<T>(
  db: Db,
  { range, owner }: OwnedChunk,
  act: (tx: Db) => Promise<T>,
): Promise<StepResult<T>> {
  return changeImport(db, range.import_id, async (tx): Promise<StepResult<T>> => {
    if (!(await ownsChunk(tx, range, owner))) return { kind: 'dropped', why: 'owner_lost' };
    return act(tx);
  });
}
