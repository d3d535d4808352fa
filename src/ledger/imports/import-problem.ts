import type { ImportProblem } from '../../domain/imports/import.ts';
import type { Db } from '../db/schema.ts';

/** Notes what keeps an import from being read or checked; null when nothing does any more. */
export async function setProblem(db: Db, id: number, problem: ImportProblem | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({ problem: problem === null ? null : JSON.stringify(problem) })
    .where('id', '=', id)
    .execute();
}

/** @returns the problem that a text in the ledger holds */
export function parseProblem(text: string): ImportProblem {
  const { title, remedy, coded } = JSON.parse(text);
  return { title: String(title), remedy: String(remedy), coded };
}
