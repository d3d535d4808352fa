import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Outcome, Settled } from '../domain/outcome.ts';
import { changeImport } from './change-import.ts';
import { type Batch, type DoPart, inOneTransaction, inTransactions } from './in-transactions.ts';
import { finishWhenSettled } from './outcomes.ts';
import { inChunk } from './pairs.ts';
import { putBack } from './put-back.ts';
import { ALL, nextToReopen, orderReopening, REOPENED } from './reopening.ts';
import type { ChunkTable, Db } from './schema.ts';

type Chunk = Selectable<ChunkTable>;

/** Of unknown pairs: the portal answered, and left them out. */
const NOT_EXPLAINED: Settled['reason'] = 'not_explained';
/** How long a transaction works before it lets others write, in milliseconds. */
const TURN_MS = 10;

/**
 * Carries out what `orderReopening` has ordered, some chunks at a time, so that others may write in
 * between. Whether a chunk is to be reopened is decided in the transaction that does it: several
 * processes may do this at once, another one may go on with it, and a cancel ends it.
 *
 * @param signal ends it after the chunks that it is at
 * @returns how many pairs this call has put back in line
 */
export const reopenOrdered = (db: Db, importId: number, signal?: AbortSignal): Promise<number> =>
  inTransactions(db, importId, reopenNext(importId), { turnMs: TURN_MS, signal });

/**
 * Does the next part of {@link reopenOrdered} in one transaction: a chunk, and more while there is time.
 *
 * @param turnMs how long it may take, in milliseconds. @default 10
 */
export const reopenSome = (db: Db, importId: number, turnMs = TURN_MS): Promise<Batch> =>
  inOneTransaction(db, importId, reopenNext(importId), turnMs);

const reopenNext =
  (importId: number): DoPart =>
  async (tx) => {
    const chunk = await nextToReopen(tx, importId);
    if (chunk !== undefined) return { pairs: await reopenChunk(tx, chunk), next: chunk.number + 1 };
    await finishWhenSettled(tx, importId);
    return undefined;
  };

/** Orders and carries out in one: for imports that have few pairs, or within a transaction. */
export async function reopenPairs(
  db: Db,
  importId: number,
  reason: string | undefined,
): Promise<number> {
  await changeImport(db, importId, (tx) => orderReopening(tx, importId, reason));
  return reopenOrdered(db, importId);
}

/**
 * An unknown pair may have been invited: it is marked like one whose request got no answer, so that
 * its group is read first; where another import has the same pair in flight it stays unknown. One
 * that an answer left out was not: it is sent again.
 */
async function reopenChunk(tx: Db, chunk: Chunk): Promise<number> {
  const { import_id: importId, number } = chunk;
  const marked = await markUnknownInDoubt(tx, chunk);
  const found = await endedPairs(tx, chunk, REOPENED)
    .select(['pairs.seq', 'pairs.group_id', 'pairs.outcome', 'pairs.reason'])
    .execute();
  const pairs = found.filter(
    ({ outcome, reason, seq }) =>
      outcome === 'failed' || reason === NOT_EXPLAINED || marked.has(seq),
  );
  await tx
    .updateTable('chunks')
    .set({ reopen: null })
    .where('import_id', '=', importId)
    .where('number', '=', number)
    .execute();
  await putBack(tx, chunk, pairs, { attempts: 0 });
  return pairs.length;
}

/** @returns the places of the pairs that are marked now */
async function markUnknownInDoubt(tx: Db, chunk: Chunk): Promise<ReadonlySet<number>> {
  const rows = await tx
    .insertInto('sent_pairs')
    .columns([
      ...(['portal', 'group_id', 'user_id', 'import_id', 'seq'] as const),
      ...(['chunk', 'request_id', 'phase', 'over_at'] as const),
    ])
    .expression(
      endedPairs(tx, chunk, ['unknown'])
        .innerJoin('imports', 'imports.id', 'pairs.import_id')
        .select(['imports.portal', 'pairs.group_id', 'pairs.user_id', 'pairs.import_id'])
        .select('pairs.seq')
        .select(({ val }) => [
          val(chunk.number).as('chunk'),
          val(`retry-${randomUUID()}`).as('request_id'),
          val('sent' as const).as('phase'),
          // Whatever request that was, it has ended.
          val(0).as('over_at'),
        ])
        .where('pairs.reason', '!=', NOT_EXPLAINED)
        // As `markSent` enters them: two imports must not wait for each other's pairs.
        .orderBy('pairs.group_id')
        .orderBy('pairs.user_id'),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .returning('seq')
    .execute();
  return new Set(rows.map(({ seq }) => seq));
}

/** The chunk's pairs with one of the outcomes, and the reason that the retry is for. */
const endedPairs = (tx: Db, chunk: Chunk, outcomes: readonly Outcome[]) =>
  tx
    .selectFrom('pair_keys')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'pair_keys.import_id')
        .onRef('pairs.seq', '=', 'pair_keys.seq'),
    )
    .where(inChunk(chunk))
    .where('pairs.outcome', 'in', outcomes)
    .$if(chunk.reopen !== ALL, (query) => query.where('pairs.reason', '=', chunk.reopen));
