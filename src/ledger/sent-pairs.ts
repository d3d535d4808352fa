import type { ExpressionBuilder } from 'kysely';
import type { Pair } from '../domain/pair.ts';
import { countAttempt } from './attempts.ts';
import type { ChunkRange } from './chunks.ts';
import type { Db, Schema, SentPairTable } from './schema.ts';

/** A pair that left with a request, and what is known of it since. */
export interface SentPair extends Pick<Pair, 'seq' | 'groupId' | 'userId' | 'attempts'> {
  requestId: string;
  phase: SentPairTable['phase'];
  /** The portal's last word on it. */
  detail: string | null;
  /** When the portal has surely ended the request. */
  overAt: Date;
}

/**
 * Marks pairs as sent, before their request leaves, and counts the attempt. Belongs into
 * `changeImport`. What keeps a pair out of two requests is the table's key: of two that enter a
 * pair, the second waits until the first has committed, and is then left out. They are entered in
 * the key's order, lest two imports wait for each other.
 *
 * @returns the marked ones: a pair that another import has in flight is left out
 */
export async function markSent(
  db: Db,
  portal: string,
  chunk: ChunkRange,
  request: { id: string; overAt: number },
  pairs: readonly Pair[],
): Promise<Set<number>> {
  const rows = await db
    .insertInto('sent_pairs')
    .values(
      pairs.toSorted(byKey).map((pair) => ({
        portal,
        group_id: pair.groupId,
        user_id: pair.userId,
        import_id: chunk.import_id,
        seq: pair.seq,
        chunk: chunk.number,
        request_id: request.id,
        phase: 'sent' as const,
        over_at: request.overAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .returning('seq')
    .execute();
  const marked = rows.map(({ seq }) => seq);
  await countAttempt(db, chunk.import_id, marked, 1);
  return new Set(marked);
}

const byKey = (one: Pair, other: Pair): number =>
  one.groupId - other.groupId || one.userId - other.userId;

/**
 * Takes marks away from pairs that surely were not executed, and the attempt with them.
 *
 * @param requestId so that a mark set by somebody else since is left alone
 */
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
  await countAttempt(
    db,
    importId,
    rows.map(({ seq }) => seq),
    -1,
  );
}

/** Takes marks away from pairs that are to be sent again; the attempt stays counted. */
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

/** Records that a request was answered without naming these pairs. */
export async function markLeftOut(
  db: Db,
  importId: number,
  requestId: string,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .updateTable('sent_pairs')
    .set({ phase: 'left_out' })
    .where(ofRequest(importId, requestId, seqs))
    .execute();
}

/** Records that the portal has ended these pairs' request: they may be confirmed at once. */
export async function markOver(
  db: Db,
  importId: number,
  requestId: string,
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  await db
    .updateTable('sent_pairs')
    .set({ over_at: Date.now() })
    .where(ofRequest(importId, requestId, seqs))
    .execute();
}

const ofRequest =
  (importId: number, requestId: string, seqs: readonly number[]) =>
  (eb: ExpressionBuilder<Schema, 'sent_pairs'>) =>
    eb.and([
      eb('request_id', '=', requestId),
      eb('import_id', '=', importId),
      eb('seq', 'in', seqs),
    ]);

/** @returns a chunk's pairs that are marked as sent, by group and user */
export async function readSent(db: Db, chunk: ChunkRange): Promise<SentPair[]> {
  const rows = await db
    .selectFrom('sent_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'sent_pairs.import_id')
        .onRef('pairs.seq', '=', 'sent_pairs.seq'),
    )
    .select(['sent_pairs.seq', 'sent_pairs.group_id', 'sent_pairs.user_id'])
    .select(['request_id', 'phase', 'over_at', 'attempts', 'detail'])
    .where('sent_pairs.import_id', '=', chunk.import_id)
    .where('sent_pairs.chunk', '=', chunk.number)
    .orderBy('sent_pairs.group_id')
    .orderBy('sent_pairs.user_id')
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    groupId: row.group_id,
    userId: row.user_id,
    requestId: row.request_id,
    phase: row.phase,
    attempts: row.attempts,
    detail: row.detail,
    overAt: new Date(row.over_at),
  }));
}
