import type { Import } from '../../domain/import.ts';
import { findImport } from '../../ledger/imports.ts';
import type { Db } from '../../ledger/schema.ts';
import { HttpProblem } from '../problem.ts';

/** @throws HttpProblem when there is no such import */
export async function requireImport(db: Db, id: number): Promise<Import> {
  const found = await findImport(db, id);
  if (found !== undefined) return found;
  throw new HttpProblem('not_found', `There is no import ${id}.`, {
    coded: { code: 'import_unknown', params: { id } },
  });
}
