import type { Verdict } from '../../domain/pairs/outcome.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import { changeState } from '../imports/import-state.ts';
import { noticeFinished } from '../imports/notices.ts';
import { countMoved, PENDING } from '../tallies/count-moved.ts';
import { addToMinute } from '../tallies/minute-tallies.ts';
import { readPending } from '../tallies/tallies.ts';
import { isRetrying } from './retry-orders.ts';

/** A pair, by its place in the import, and how it ended. */
export interface Settlement {
  seq: number;
  verdict: Verdict;
}

/**
 * Records outcomes of a chunk's pairs together with all that follows from them: marks, tallies,
 * the chunk's rest, the end of the import. Belongs into `changeImport`. A pair that has an outcome
 * already keeps it.
 *
 * @param requestId whose marks are taken away; one that another request has set since stays, so that
 * nobody sends the pair meanwhile, until `dropSettledMarks`. @default whatever request's
 * @returns how many pairs got their outcome now
 */
export async function recordOutcomes(
  db: Db,
  chunk: { import_id: number; number: number },
  settlements: readonly Settlement[],
  requestId?: string,
): Promise<number> {
  if (settlements.length === 0) return 0;
  const importId = chunk.import_id;
  let settled = 0;
  const minute = { invited: 0, settled: 0 };
  for (const [verdict, seqs] of groupByVerdict(settlements)) {
    const updated = await db
      .updateTable('pairs')
      .set({
        outcome: verdict.outcome,
        reason: verdict.reason,
        detail: writeTexts(verdict.details),
        settled_at: ledgerNow(db),
      })
      .where('import_id', '=', importId)
      .where('seq', 'in', seqs)
      .where('outcome', '=', 'pending')
      .returning('group_id')
      .execute();
    const count = updated.length;
    settled += count;
    if (verdict.outcome === 'invited') minute.invited += count;
    if (verdict.outcome !== 'cancelled') minute.settled += count;
    await countMoved(db, chunk, updated, PENDING, verdict);
    await db
      .deleteFrom('sent_pairs')
      .where('import_id', '=', importId)
      .where('chunk', '=', chunk.number)
      .where('seq', 'in', seqs)
      .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
      .execute();
  }
  await addToMinute(db, importId, minute);
  await finishWhenSettled(db, importId);
  return settled;
}

/** Ends an import that waits for nothing any more, and has that told; belongs into `changeImport`. */
export async function finishWhenSettled(db: Db, importId: number): Promise<void> {
  if ((await readPending(db, importId)) > 0 || (await isRetrying(db, importId))) return;
  if (!(await changeState(db, importId, ['running', 'paused'], 'finished'))) return;
  await noticeFinished(db, importId);
}

function groupByVerdict(settlements: readonly Settlement[]): Iterable<[Verdict, number[]]> {
  const groups = new Map<string, [Verdict, number[]]>();
  for (const { seq, verdict } of settlements) {
    const key = JSON.stringify([verdict.outcome, verdict.reason, verdict.details ?? null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [verdict, [seq]]);
    else group[1].push(seq);
  }
  return groups.values();
}
