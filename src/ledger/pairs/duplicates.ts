import type { Db } from '../db/schema.ts';
import { addToTallies } from '../tallies/tallies.ts';
import { insertRowIssues } from './row-issues.ts';

/** @param repeats places of the repeated pairs, each with the line of the first occurrence */
export async function moveDuplicates(
  db: Db,
  importId: number,
  repeats: readonly { seq: number; line: number }[],
): Promise<void> {
  const firstLines = new Map(repeats.map(({ seq, line }) => [seq, line]));
  const pairs = await db
    .deleteFrom('pairs')
    .where('import_id', '=', importId)
    .where('seq', 'in', [...firstLines.keys()])
    .returning(['seq', 'line', 'group_id', 'user_id'])
    .execute();
  await insertRowIssues(
    db,
    pairs.map(({ seq, line, group_id, user_id }) => ({
      import_id: importId,
      seq,
      line,
      outcome: 'duplicate',
      reason: `of_line_${firstLines.get(seq)}`,
      detail: null,
      group_cell: String(group_id),
      user_cell: String(user_id),
    })),
  );
  await addToTallies(db, importId, [
    { outcome: 'pending', reason: null, count: -pairs.length },
    { outcome: 'duplicate', reason: 'of_line_N', count: pairs.length },
  ]);
}
