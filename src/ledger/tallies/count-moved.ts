import { sql } from 'kysely';
import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { countGroups, moveInGroups } from './group-tallies.ts';
import { addToTallies } from './tallies.ts';

/** Outcome and reason that pairs move from or to. */
export interface OutcomeKey {
  outcome: Outcome;
  reason: string | null;
}

export const PENDING: OutcomeKey = { outcome: 'pending', reason: null };

/**
 * Updates all counts when pairs of a chunk move to another outcome: the import's tallies, the tallies of
 * their groups, and the chunk's number of unsettled pairs. Call inside the transaction that changes the
 * pairs.
 *
 * @param chunk without a number when neither outcome is `pending`, so that the chunk's count stays
 */
export async function countMoved(
  tx: Db,
  { import_id: importId, number }: { import_id: number; number?: number },
  pairs: readonly { group_id: GroupId }[],
  from: OutcomeKey,
  to: OutcomeKey,
): Promise<void> {
  const count = pairs.length;
  if (count === 0) return;
  await addToTallies(tx, importId, [
    { ...from, count: -count },
    { ...to, count },
  ]);
  await moveInGroups(tx, importId, countGroups(pairs), from.outcome, to.outcome);
  const waiting = ({ outcome }: OutcomeKey) => (outcome === 'pending' ? count : 0);
  if (number === undefined || waiting(from) === waiting(to)) return;
  await tx
    .updateTable('chunks')
    .set({ unsettled: sql`unsettled + ${waiting(to) - waiting(from)}` })
    .where('import_id', '=', importId)
    .where('number', '=', number)
    .execute();
}
