import type { Import } from '../../domain/import.ts';
import { findImport } from '../../ledger/imports.ts';
import type { Db } from '../../ledger/schema.ts';
import { findSuccessor } from '../../ledger/successors.ts';
import { HttpProblem } from '../problem.ts';

/** @throws HttpProblem when there is no such import */
export async function requireImport(db: Db, id: number): Promise<Import> {
  const found = await findImport(db, id);
  if (found !== undefined) return found;
  const by = await findSuccessor(db, id);
  if (by !== undefined) {
    throw new HttpProblem('not_found', `Import ${id} was replaced by import ${by}.`, {
      remedy: `Look at import ${by}.`,
      coded: { code: 'import_replaced', params: { id, by } },
    });
  }
  throw new HttpProblem('not_found', `There is no import ${id}.`, {
    coded: { code: 'import_unknown', params: { id } },
  });
}
