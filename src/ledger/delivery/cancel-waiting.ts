import { type DoPart, inTransactions, PAIRS_PER_PART } from '../db/in-transactions.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { findImport } from '../imports/import-store.ts';
import { pairsOfChunk, seqsOf } from '../pairs/pair-queries.ts';
import { countMoved, PENDING } from '../tallies/count-moved.ts';
import { readPending } from '../tallies/tallies.ts';
import type { ChunkRange } from './chunks.ts';
import { countInFlight } from './in-flight.ts';

/** How long a transaction lasts before other processes can write, in milliseconds. */
const TURN_MS = 10;
const CANCELLED = { outcome: 'cancelled', reason: 'by_user' } as const;

/** @returns how many of an import's pairs are pending and in no request */
export async function countWaiting(db: Db, importId: number): Promise<number> {
  const inFlight = (await countInFlight(db, [importId])).get(importId) ?? 0;
  return (await readPending(db, importId)) - inFlight;
}

/**
 * Gives each pair of a cancelled import that is pending and in no request the outcome
 * `cancelled/by_user`, in several transactions. Stops when the import is no longer cancelled.
 *
 * @returns how many pairs were cancelled
 */
export const cancelWaiting = (db: Db, importId: number, signal?: AbortSignal): Promise<number> =>
  inTransactions(db, importId, cancelNext(importId), { turnMs: TURN_MS, signal });

const cancelNext =
  (importId: number): DoPart =>
  async (tx, from) => {
    if ((await findImport(tx, importId))?.state !== 'cancelled') return undefined;
    const chunk = await nextUnsettled(tx, importId, from);
    if (chunk === undefined) return undefined;
    const pairs = await cancelSome(tx, chunk);
    return { pairs, next: pairs < PAIRS_PER_PART ? chunk.number + 1 : chunk.number };
  };

const nextUnsettled = (tx: Db, importId: number, from: number): Promise<ChunkRange | undefined> =>
  tx
    .selectFrom('chunks')
    .select(['import_id', 'number', 'first_group', 'first_user', 'last_group', 'last_user'])
    .where('import_id', '=', importId)
    .where('number', '>=', from)
    .where('unsettled', '>', 0)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();

async function cancelSome(tx: Db, range: ChunkRange): Promise<number> {
  const { import_id: importId, number } = range;
  const inRequests = tx
    .selectFrom('sent_pairs')
    .select('seq')
    .where('import_id', '=', importId)
    .where('chunk', '=', number)
    .where('order_id', 'is', null);
  const waiting = await pairsOfChunk(tx, range)
    .select(['pairs.seq', 'pairs.group_id'])
    .where('pairs.outcome', '=', 'pending')
    .where('pairs.seq', 'not in', inRequests)
    .limit(PAIRS_PER_PART)
    .execute();
  if (waiting.length === 0) return 0;
  await tx
    .updateTable('pairs')
    .set({ ...CANCELLED, detail: null, settled_at: ledgerNow(tx) })
    .where('import_id', '=', importId)
    .where('seq', 'in', seqsOf(waiting))
    .execute();
  await countMoved(tx, range, waiting, PENDING, CANCELLED);
  return waiting.length;
}
