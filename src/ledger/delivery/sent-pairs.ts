import { type ExpressionBuilder, sql } from 'kysely';
import type { Pair } from '../../domain/pairs/pair.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema, SentPairTable } from '../db/schema.ts';
import { isInTrial, seqsOf } from '../pairs/pair-queries.ts';
import type { ChunkRange } from './chunks.ts';
import { countAttempt } from './count-attempt.ts';

/** A request that is about to leave. */
export interface LeavingRequest {
  id: string;
  /** Milliseconds after which the portal has certainly ended it, with or without an answer. */
  lifetimeMs: number;
}

/**
 * Marks pairs as sent, before their request leaves, and counts the attempt. Call inside `changeImport`.
 * The state is read here, not earlier: only pairs that are pending now, of an import that is running now,
 * are marked, and during a trial only its pairs. The table's key prevents a pair from being in two requests: when two transactions insert
 * the same pair, the second waits for the first to commit, and then does not mark it. Rows are inserted
 * in the key's order, so that two imports do not deadlock.
 *
 * @returns the attempts of each marked pair, this one included; no other pair may be sent
 */
export async function markSent(
  db: Db,
  portal: string,
  chunk: ChunkRange,
  request: LeavingRequest,
  pairs: readonly Pick<Pair, 'seq'>[],
): Promise<Map<number, number>> {
  const now = ledgerNow(db);
  const rows = await db
    .insertInto('sent_pairs')
    .columns([
      ...(['portal', 'group_id', 'user_id', 'import_id', 'seq', 'chunk'] as const),
      ...(['request_id', 'phase', 'sent_at', 'ends_by'] as const),
    ])
    .expression((eb) =>
      eb
        .selectFrom('pairs')
        .innerJoin('imports', 'imports.id', 'pairs.import_id')
        .select(['imports.portal', 'pairs.group_id', 'pairs.user_id', 'pairs.import_id'])
        .select((select) => [
          'pairs.seq',
          select.val(chunk.number).as('chunk'),
          select.val(request.id).as('request_id'),
          select.val('sent' as const).as('phase'),
          now.as('sent_at'),
          sql<number>`${now} + ${request.lifetimeMs}`.as('ends_by'),
        ])
        .where('pairs.import_id', '=', chunk.import_id)
        .where('pairs.seq', 'in', seqsOf(pairs))
        .where('pairs.outcome', '=', 'pending')
        .where('imports.state', '=', 'running')
        .where('imports.portal', '=', portal)
        .where(isInTrial)
        .orderBy('pairs.group_id')
        .orderBy('pairs.user_id'),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .returning('seq')
    .execute();
  return countAttempt(db, chunk.import_id, seqsOf(rows), 1);
}

/** Of pairs that were not executed, subtracts the attempt. A newer mark of another request stays. */
export async function unmarkSent(
  db: Db,
  importId: number,
  requestId: string,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  const rows = await db
    .deleteFrom('sent_pairs')
    .where(ofRequest(importId, requestId, seqs))
    .returning('seq')
    .execute();
  await countAttempt(db, importId, seqsOf(rows), -1);
}

/** Removes marks from pairs that are to be sent again; the attempt stays counted. */
export async function clearSent(
  db: Db,
  importId: number,
  requestId: string,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .deleteFrom('sent_pairs')
    .where(ofRequest(importId, requestId, seqs))
    .execute();
}

const changeMarks =
  (change: Partial<Pick<SentPairTable, 'phase' | 'ends_by'>>) =>
  async (db: Db, importId: number, requestId: string, seqs: readonly number[]): Promise<void> => {
    if (seqs.length === 0) return;
    await db
      .updateTable('sent_pairs')
      .set(change)
      .where(ofRequest(importId, requestId, seqs))
      .execute();
  };

/** Records that a request was answered without naming these pairs. */
export const markLeftOut = changeMarks({ phase: 'left_out' });

/** Records that a request got no answer, and that the portal answered no other request either. */
export const markSilent = changeMarks({ phase: 'silent' });

/** Records that the portal has ended these pairs' request: the group may be read at once. */
export const markOver = changeMarks({ ends_by: 0 });

const ofRequest =
  (importId: number, requestId: string, seqs: readonly number[]) =>
  (eb: ExpressionBuilder<Schema, 'sent_pairs'>) =>
    eb.and([
      eb('request_id', '=', requestId),
      eb('import_id', '=', importId),
      eb('seq', 'in', seqs),
    ]);
