import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db, PairTable } from '../db/schema.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import { countMoved, PENDING } from '../tallies/count-moved.ts';

/** A pair with the outcome to take back. */
export type EndedPair = Pick<PairTable, 'seq' | 'group_id' | 'outcome' | 'reason'>;

/** Sets pairs of a chunk to pending, and updates all tallies. Call inside `changeImport`. */
export async function putBack(
  tx: Db,
  chunk: { import_id: number; number: number },
  pairs: readonly EndedPair[],
  change: { attempts?: 0; retry_id?: number } = {},
): Promise<void> {
  if (pairs.length === 0) return;
  await tx
    .updateTable('pairs')
    .set({ outcome: 'pending', reason: null, detail: null, settled_at: null, ...change })
    .where('import_id', '=', chunk.import_id)
    .where('seq', 'in', seqsOf(pairs))
    .execute();
  const byKey = Map.groupBy(pairs, ({ outcome, reason }) => `${outcome}/${reason}`);
  for (const some of byKey.values()) {
    const [{ outcome, reason }] = some as [EndedPair];
    await countMoved(tx, chunk, some, { outcome, reason }, PENDING);
  }
}

/** Outcomes that a late answer from the portal does not change. */
const LASTING: readonly Outcome[] = ['pending', 'invited', 'withdrawn'];

/** Takes outcomes back that a late answer disproves, before the new ones. Call inside `changeImport`. */
export async function putBackConcluded(
  tx: Db,
  chunk: { import_id: number; number: number },
  seqs: readonly number[],
): Promise<void> {
  if (seqs.length === 0) return;
  const pairs = await tx
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'outcome', 'reason'])
    .where('import_id', '=', chunk.import_id)
    .where('seq', 'in', seqs)
    .where('outcome', 'not in', LASTING)
    .execute();
  await putBack(tx, chunk, pairs);
}
