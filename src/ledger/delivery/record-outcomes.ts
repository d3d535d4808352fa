import { countProgress } from '../../domain/imports/progress-counts.ts';
import { countByOutcome, type Verdict } from '../../domain/pairs/outcome.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import { recordAudit } from '../imports/audit.ts';
import { changeState } from '../imports/import-state.ts';
import { noticeFinished } from '../imports/notices.ts';
import { countMoved, PENDING } from '../tallies/count-moved.ts';
import { addToMinute } from '../tallies/minute-tallies.ts';
import { readPending, readTallies } from '../tallies/tallies.ts';
import { isRetrying } from './retry-orders.ts';
import { countRetried, recordRetryResults } from './retry-results.ts';
import { pauseAfterTrial } from './trial-pairs.ts';

export interface Settlement {
  seq: number;
  verdict: Verdict;
}

/**
 * Records outcomes of a chunk's pairs, and updates the marks, the tallies, the chunk's unsettled count
 * and the import's state. Call inside `changeImport`. A pair that has an outcome already keeps it.
 *
 * @param requestId request that loses its marks. A newer mark of another request stays until
 * `dropSettledMarks`, so that the pair is not sent in the meantime. @default any request
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
      .returning(['group_id', 'retry_id'])
      .execute();
    const count = updated.length;
    settled += count;
    if (verdict.outcome === 'invited') {
      minute.invited += count;
      await countRetried(db, updated);
    }
    if (verdict.outcome !== 'cancelled') minute.settled += count;
    await countMoved(db, chunk, updated, PENDING, verdict);
    await db
      .deleteFrom('sent_pairs')
      .where('import_id', '=', importId)
      .where('chunk', '=', chunk.number)
      .where('order_id', 'is', null)
      .where('seq', 'in', seqs)
      .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
      .execute();
  }
  await addToMinute(db, importId, minute);
  await finishWhenSettled(db, importId);
  await pauseAfterTrial(db, importId);
  return settled;
}

/** Finishes an import without pending pairs, and creates its notice. Call inside `changeImport`. */
export async function finishWhenSettled(db: Db, importId: number): Promise<void> {
  if ((await readPending(db, importId)) > 0 || (await isRetrying(db, importId))) return;
  if (!(await changeState(db, importId, ['running', 'paused'], 'finished'))) return;
  await recordRetryResults(db, importId);
  await recordEnd(db, importId);
  await noticeFinished(db, importId);
}

/** Records in the audit trail how many were invited, and how many rows need attention. */
async function recordEnd(db: Db, importId: number): Promise<void> {
  const { invited, attention } = countProgress(countByOutcome(await readTallies(db, importId)));
  const detail = auditDetail('result', { invited, attention });
  await recordAudit(db, { importId, actor: 'worker', action: 'finish', detail });
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
