import type { ImportProblem } from '../../domain/import.ts';
import { setProblem } from '../../ledger/import-problem.ts';
import { changeState } from '../../ledger/import-state.ts';
import { emptyImport } from '../../ledger/remove-import.ts';
import type { Db } from '../../ledger/schema.ts';

/**
 * Takes back what was read into an import and cancels it; not when all of it was read after all.
 *
 * @param problem why its file could not be read; null when a person broke that off
 */
export async function abandonReading(
  db: Db,
  importId: number,
  problem: ImportProblem | null,
): Promise<void> {
  if (!(await emptyImport(db, importId))) return;
  if (problem !== null) await setProblem(db, importId, problem);
  await changeState(db, importId, ['checking'], 'cancelled');
}
