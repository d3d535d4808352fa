import { sql } from 'kysely';
import type { Pair } from '../../domain/pairs/pair.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, SentPairTable } from '../db/schema.ts';
import { readTexts } from '../db/stored-texts.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import type { ChunkRange } from './chunks.ts';

/** A pair that was sent in a request, and what is known since. */
export interface SentPair extends Pick<Pair, 'seq' | 'groupId' | 'userId' | 'attempts'> {
  requestId: string;
  phase: SentPairTable['phase'];
  /** The portal's latest answer about it. */
  details: readonly CodedText[];
  /** When it was marked, just before its request left. */
  sentAt: Date;
  /** Milliseconds since then; undefined when not known. */
  sentAgoMs: number | undefined;
  /** Milliseconds until the portal has certainly ended the request; 0 or less when it has. */
  overInMs: number;
}

/** @returns the pairs that the request has marked and that are still without an answer */
export async function readMarkedBy(
  db: Db,
  importId: number,
  requestId: string,
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('sent_pairs')
    .select('seq')
    .where('import_id', '=', importId)
    .where('request_id', '=', requestId)
    .where('phase', '=', 'sent')
    .execute();
  return new Set(seqsOf(rows));
}

/** @returns the pairs with an unchanged mark: no answer has come, and they were not settled */
export async function keepUnchanged(
  db: Db,
  chunk: ChunkRange,
  pairs: readonly SentPair[],
): Promise<SentPair[]> {
  const marks = await readSent(db, chunk);
  const now = new Map(marks.map((mark) => [mark.seq, mark]));
  return pairs.filter(({ seq, requestId, phase }) => {
    const mark = now.get(seq);
    return mark?.requestId === requestId && mark.phase === phase;
  });
}

/** A mark from the future is older than a change of the clock: its request's lifetime restarts. */
export async function readSent(db: Db, chunk: ChunkRange): Promise<SentPair[]> {
  let rows = await readMarks(db, chunk);
  if (rows.some(({ sent_in }) => sent_in > 0)) {
    await restartLifetimes(db, chunk);
    rows = await readMarks(db, chunk);
  }
  return rows.map((row) => ({
    seq: row.seq,
    groupId: row.group_id,
    userId: row.user_id,
    requestId: row.request_id,
    phase: row.phase,
    attempts: row.attempts,
    details: readTexts(row.detail),
    sentAt: new Date(row.sent_at),
    sentAgoMs: row.sent_at === 0 ? undefined : -row.sent_in,
    overInMs: row.over_in,
  }));
}

async function readMarks(db: Db, chunk: ChunkRange) {
  const now = ledgerNow(db);
  return db
    .selectFrom('sent_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'sent_pairs.import_id')
        .onRef('pairs.seq', '=', 'sent_pairs.seq'),
    )
    .select(['sent_pairs.seq', 'sent_pairs.group_id', 'sent_pairs.user_id'])
    .select(['request_id', 'phase', 'sent_at', 'attempts', 'detail'])
    .select(sql<number>`sent_at - ${now}`.as('sent_in'))
    .select(sql<number>`ends_by - ${now}`.as('over_in'))
    .where('sent_pairs.import_id', '=', chunk.import_id)
    .where('sent_pairs.chunk', '=', chunk.number)
    .where('sent_pairs.order_id', 'is', null)
    .orderBy('sent_pairs.group_id')
    .orderBy('sent_pairs.user_id')
    .execute();
}

/** A chunk of an import, or of an order on it. */
type MarkedChunk = Pick<ChunkRange, 'import_id' | 'number'> & { order_id?: number };

export async function restartLifetimes(db: Db, chunk: MarkedChunk): Promise<void> {
  const now = ledgerNow(db);
  await db
    .updateTable('sent_pairs')
    .set({ ends_by: sql<number>`${now} + ends_by - sent_at`, sent_at: 0 })
    .where('import_id', '=', chunk.import_id)
    .where('chunk', '=', chunk.number)
    .where('order_id', chunk.order_id === undefined ? 'is' : '=', chunk.order_id ?? null)
    .where('sent_at', '>', now)
    .execute();
}

/** For requests that only seem to be over, as the clock was set forward. @param lifetimeMs of a request */
export async function restartOver(db: Db, chunk: MarkedChunk, lifetimeMs: number): Promise<void> {
  const now = ledgerNow(db);
  await db
    .updateTable('sent_pairs')
    .set({ ends_by: sql<number>`${now} + ${lifetimeMs}` })
    .where('import_id', '=', chunk.import_id)
    .where('chunk', '=', chunk.number)
    .where('order_id', chunk.order_id === undefined ? 'is' : '=', chunk.order_id ?? null)
    .where('ends_by', '>', 0)
    .where('ends_by', '<=', now)
    .execute();
}
