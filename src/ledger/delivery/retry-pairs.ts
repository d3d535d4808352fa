import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Settled } from '../../domain/pairs/outcome.ts';
import {
  type Batch,
  type DoPart,
  inOneTransaction,
  inTransactions,
  PAIRS_PER_PART,
} from '../db/in-transactions.ts';
import type { ChunkTable, Db, PairTable } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { isInNoRequest, pairsOfChunk } from '../pairs/pair-queries.ts';
import { forgetGroupWaits } from './group-waits.ts';
import { putBack } from './put-back.ts';
import { finishWhenSettled } from './record-outcomes.ts';
import { ALL, addRetryOrder, nextToRetry, RETRYABLE_OUTCOMES } from './retry-orders.ts';

type Chunk = Selectable<ChunkTable>;

/** Reason of unknown pairs that the portal's answer left out. */
const NOT_EXPLAINED: Settled['reason'] = 'not_explained';
/** How long a transaction lasts before other processes can write, in milliseconds. */
const TURN_MS = 10;

/**
 * Carries out what `addRetryOrder` has ordered, part by part, so that other processes can write in
 * between. Whether a chunk is reopened is decided in the transaction that does it: several processes can
 * do this at once, another one can continue it, and a cancel ends it.
 *
 * @param signal ends it after the current transaction
 * @returns how many pairs this call has set to pending
 */
export const retryOrdered = (db: Db, importId: number, signal?: AbortSignal): Promise<number> =>
  inTransactions(db, importId, retryNext(importId), { turnMs: TURN_MS, signal });

/**
 * Does the next parts of {@link retryOrdered} in one transaction: at least one, and more until `turnMs`
 * is over.
 *
 * @param turnMs time after which no further part begins, in milliseconds. @default 10
 */
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
async function reopenPart(tx: Db, chunk: Chunk): Promise<number> {
  const found = await endedPairs(tx, chunk).limit(PAIRS_PER_PART).execute();
  const isUnsure = ({ outcome, reason }: (typeof found)[number]) =>
    outcome === 'unknown' && reason !== NOT_EXPLAINED;
  const marked = await markInDoubt(tx, chunk, found.filter(isUnsure));
  const pairs = found.filter((pair) => !isUnsure(pair) || marked.has(pair.seq));
  await putBack(tx, chunk, pairs, { attempts: 0 });
  if (found.length === PAIRS_PER_PART) return pairs.length;
  await forgetGroupWaits(tx, chunk);
  await tx
    .updateTable('chunks')
    .set({ retry_reason: null })
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .execute();
  return pairs.length;
}

/** @returns the places of the pairs that were marked */
async function markInDoubt(
  tx: Db,
  chunk: Chunk,
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
  return new Set(rows.map(({ seq }) => seq));
}

/** The chunk's pairs that the retry may set to pending. */
const endedPairs = (tx: Db, chunk: Chunk) =>
  pairsOfChunk(tx, chunk)
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .select(['imports.portal', 'pairs.seq', 'pairs.group_id', 'pairs.user_id'])
    .select(['pairs.outcome', 'pairs.reason'])
    .where('pairs.outcome', 'in', RETRYABLE_OUTCOMES)
    .$if(chunk.retry_reason !== ALL, (query) =>
      query.where('pairs.reason', '=', chunk.retry_reason),
    )
    .where((eb) =>
      eb.or([
        eb('pairs.outcome', '=', 'failed'),
        eb('pairs.reason', '=', NOT_EXPLAINED),
        isInNoRequest(eb),
      ]),
    );
