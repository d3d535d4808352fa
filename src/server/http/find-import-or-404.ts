import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findReplacement } from '../../ledger/imports/import-redirects.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { HttpProblem } from './http-problem.ts';

/** @throws HttpProblem when there is no such import */
export async function findImportOr404(db: Db, id: number): Promise<Import> {
  const found = await findImport(db, id);
  if (found !== undefined) return found;
  const by = await findReplacement(db, id);
  if (by !== undefined) {
    throw new HttpProblem('not_found', `Import ${id} was replaced by import ${by}.`, {
      remedy: `Use import ${by}.`,
      coded: { code: 'import_replaced', params: { id, by } },
    });
  }
  throw new HttpProblem('not_found', `There is no import ${id}.`, {
    coded: { code: 'import_unknown', params: { id } },
  });
}
