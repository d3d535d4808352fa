import type { ImportProblem } from '../domain/import.ts';
import { recordAudit } from '../ledger/audit.ts';
import { setProblem } from '../ledger/import-problem.ts';
import { changeState } from '../ledger/import-state.ts';
import { asReader, Reading, takeReading } from '../ledger/reading.ts';
import { ReadingLost } from '../ledger/reading-lost.ts';
import { emptyImport } from '../ledger/remove-import.ts';
import type { Db } from '../ledger/schema.ts';

/**
 * Takes back what was read into an import and cancels it; not when all of it was read after all.
 *
 * @param why what is wrong with its file, which does nothing when another process reads it by now;
 * or who cancels it, whoever reads it
 * @returns whether it is cancelled now
 */
export async function abandonReading(
  db: Db,
  importId: number,
  why: { problem: ImportProblem } | { actor: string },
): Promise<boolean> {
  const right = await takeReading(db, importId, { byForce: 'actor' in why });
  if (right === undefined) return false;
  await using _ = new Reading(db, right);
  try {
    await emptyImport(db, right);
    await asReader(db, right, async (tx) => {
      await changeState(tx, importId, ['reading'], 'cancelled');
      if ('problem' in why) await setProblem(tx, importId, why.problem);
      else await recordAudit(tx, { importId, actor: why.actor, action: 'cancel' });
    });
    return true;
  } catch (error) {
    if (!(error instanceof ReadingLost)) throw error;
    return false;
  }
}
