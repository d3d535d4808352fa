import type { CodedText } from '../../domain/text/coded-text.ts';
import type { Db } from '../db/schema.ts';

/** Records the problem that prevents an import from being read or checked; null when it is solved. */
export async function setProblem(db: Db, id: number, problem: CodedText | null): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      problem: problem && JSON.stringify({ code: problem.code, params: problem.params }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * @param text the problem as JSON in the ledger: `{code, params}`, or with the words of an older version
 * `{title, remedy, coded}`
 * @returns the problem; `params` then contain those words, see `toProblem`
 */
export function parseProblem(text: string): CodedText {
  const { code, params, title, remedy, coded } = JSON.parse(text);
  if (title === undefined) return { code, params };
  return { code: coded?.code ?? 'verbatim', params: { ...coded?.params, title, remedy } };
}
