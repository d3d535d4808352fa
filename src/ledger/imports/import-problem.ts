import type { ImportProblem } from '../../domain/imports/import.ts';
import type { Db } from '../db/schema.ts';

/** Records the problem that prevents an import from being read or checked; null when it is solved. */
export async function setProblem(db: Db, id: number, problem: ImportProblem | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({ problem: problem === null ? null : JSON.stringify(problem) })
    .where('id', '=', id)
    .execute();
}

/** @returns the problem from its JSON text in the ledger */
export function parseProblem(text: string): ImportProblem {
  const { title, remedy, coded } = JSON.parse(text);
  return { title: String(title), remedy: String(remedy), coded };
}
