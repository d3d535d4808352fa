import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { findImport } from '../ledger/imports.ts';
import type { Db } from '../ledger/schema.ts';

/** @throws Problem when there is no import of that id */
export async function requireImport(db: Db, id: string): Promise<Import> {
  const found = /^\d{1,15}$/.test(id) ? await findImport(db, Number(id)) : undefined;
  if (found !== undefined) return found;
  throw new Problem(`There is no import ${id}.`, 'bulk-invite imports lists them.');
}
