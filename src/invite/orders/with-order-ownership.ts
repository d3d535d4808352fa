import type { Db } from '../../ledger/db/schema.ts';
import { changeImport } from '../../ledger/imports/change-import.ts';
import { type OrderChunk, ownsOrderChunk } from '../../ledger/orders/order-chunks.ts';
import type { StepResult } from '../pipeline-context.ts';

/** A chunk of an order and its owner. */
export interface OwnedOrderChunk {
  readonly range: OrderChunk;
  readonly owner: string;
  /** Id of the probe of a held portal; undefined: this chunk is not the probe. */
  readonly probe?: number | undefined;
}

/** Changes a chunk of an order in one transaction, unless another turn owns it by now and handles its pairs. */
export async function withOrderOwnership<T>(
  db: Db,
  { range, owner }: OwnedOrderChunk,
  act: (tx: Db) => Promise<T>,
): Promise<StepResult<T>> {
  return changeImport(db, range.import_id, async (tx): Promise<StepResult<T>> => {
    if (!(await ownsOrderChunk(tx, range, owner))) return { kind: 'dropped', why: 'owner_lost' };
    return act(tx);
  });
}
