import { randomUUID } from 'node:crypto';
import { RETRIED_REASONS, reasonsToRetry, type Settled } from '../../domain/pairs/outcome.ts';
import {
  type Batch,
  type DoPart,
  inOneTransaction,
  inTransactions,
  PAIRS_PER_PART,
} from '../db/in-transactions.ts';
import type { Db, PairTable } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { isInNoRequest, pairsOfChunk, seqsOf } from '../pairs/pair-queries.ts';
import { forgetGroupWaits } from './group-waits.ts';
import { putBack } from './put-back.ts';
import { finishWhenSettled } from './record-outcomes.ts';
import { addRetryOrder, type ChunkToRetry, nextToRetry } from './retry-orders.ts';

/** Reason of unknown pairs that the portal's answer left out. */
const NOT_EXPLAINED: Settled['reason'] = 'not_explained';
/** How long a transaction lasts before other processes can write, in milliseconds. */
const TURN_MS = 10;

/**
 * Carries out what `addRetryOrder` has ordered, in several transactions. Each decides whether a chunk is
 * reopened: several processes can do this at once, another can continue it, and a cancel ends it.
 *
 * @returns how many pairs this call has set to pending
 */
export const retryOrdered = (db: Db, importId: number, signal?: AbortSignal): Promise<number> =>
  inTransactions(db, importId, retryNext(importId), { turnMs: TURN_MS, signal });

/** Does parts of {@link retryOrdered} in one transaction, until `turnMs` milliseconds are over. */
export const retrySome = (db: Db, importId: number, turnMs = TURN_MS): Promise<Batch> =>
  inOneTransaction(db, importId, retryNext(importId), turnMs);

const retryNext =
  (importId: number): DoPart =>
  async (tx) => {
    const chunk = await nextToRetry(tx, importId);
    if (chunk !== undefined) return { pairs: await reopenPart(tx, chunk), next: 0 };
    await finishWhenSettled(tx, importId);
    return undefined;
  };

/** Orders a retry and carries it out: for imports with few pairs, or inside a transaction. */
export async function retryPairs(
  db: Db,
  importId: number,
  reason: string | undefined,
): Promise<number> {
  await changeImport(db, importId, (tx) => addRetryOrder(tx, importId, reason));
  return retryOrdered(db, importId);
}

/**
 * Sets some pairs of a chunk to pending. An unknown pair may have been invited: it is marked as sent
 * without an answer, so that its group is read first. It stays unknown when another import has the same
 * pair in flight. A pair that an answer left out was not invited: it is sent again.
 */
async function reopenPart(tx: Db, chunk: ChunkToRetry): Promise<number> {
  const found = await endedPairs(tx, chunk).limit(PAIRS_PER_PART).execute();
  const isUnsure = ({ outcome, reason }: (typeof found)[number]) =>
    outcome === 'unknown' && reason !== NOT_EXPLAINED;
  const marked = await markInDoubt(tx, chunk, found.filter(isUnsure));
  const pairs = found.filter((pair) => !isUnsure(pair) || marked.has(pair.seq));
  await putBack(tx, chunk, pairs, { attempts: 0, retry_id: chunk.retry_id });
  await tx
    .updateTable('retries')
    .set((eb) => ({ pairs: eb('pairs', '+', pairs.length) }))
    .where('id', '=', chunk.retry_id)
    .execute();
  if (found.length === PAIRS_PER_PART) return pairs.length;
  await forgetGroupWaits(tx, chunk);
  await tx
    .updateTable('chunks')
    .set({ retry_id: null })
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .execute();
  return pairs.length;
}

async function markInDoubt(
  tx: Db,
  chunk: ChunkToRetry,
  pairs: readonly (Pick<PairTable, 'seq' | 'group_id' | 'user_id'> & { portal: string })[],
): Promise<ReadonlySet<number>> {
  if (pairs.length === 0) return new Set();
  const mark = {
    ...{ import_id: chunk.import_id, chunk: chunk.number, phase: 'sent' as const },
    // The original request has ended, whichever it was.
    ...{ request_id: `retry-${randomUUID()}`, ends_by: 0 },
  };
  // In the same order as `markSent`, so that two imports do not deadlock.
  const rows = await tx
    .insertInto('sent_pairs')
    .values(
      pairs.map(({ portal, seq, group_id, user_id }) => {
        return { ...mark, portal, seq, group_id, user_id };
      }),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .returning('seq')
    .execute();
  return new Set(seqsOf(rows));
}

const endedPairs = (tx: Db, chunk: ChunkToRetry) =>
  pairsOfChunk(tx, chunk)
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .select(['imports.portal', 'pairs.seq', 'pairs.group_id', 'pairs.user_id'])
    .select(['pairs.outcome', 'pairs.reason'])
    .where('pairs.reason', 'in', reasonsOf(chunk))
    .$if(chunk.is_part === 1, (query) =>
      query.where('pairs.seq', 'in', (eb) =>
        eb
          .selectFrom('retry_pairs')
          .select('retry_pairs.seq')
          .where('retry_pairs.import_id', '=', chunk.import_id)
          .where('retry_pairs.retry_id', '=', chunk.retry_id),
      ),
    )
    .where((eb) =>
      eb.or([
        eb('pairs.outcome', 'in', ['failed', 'cancelled', 'withdrawn']),
        eb('pairs.reason', '=', NOT_EXPLAINED),
        isInNoRequest(eb),
      ]),
    );

const reasonsOf = ({ is_part, reason }: ChunkToRetry) =>
  is_part === 1 ? RETRIED_REASONS : reasonsToRetry(reason ?? undefined);
