import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findReplacement } from '../../ledger/imports/import-redirects.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { problem } from '../../messages/problems.ts';
import { HttpProblem } from './http-problem.ts';

/** @throws HttpProblem when there is no such import */
export async function findImportOr404(db: Db, id: number): Promise<Import> {
  const found = await findImport(db, id);
  if (found !== undefined) return found;
  const by = await findReplacement(db, id);
  if (by !== undefined) {
    throw new HttpProblem('not_found', problem('import_replaced', { id, by }));
  }
  throw new HttpProblem('not_found', problem('import_unknown', { id }));
}
