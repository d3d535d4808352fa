import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findReplacement } from '../../ledger/imports/import-redirects.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { problem } from '../../messages/problems.ts';
import { typed } from '../../platform/invocation.ts';

/**
 * Finds an import by the id that a user typed, or its replacement.
 *
 * @param notify called once when it was replaced. stdout can be a file of results. @default ignored
 * @throws Problem when there is no such import
 */
export async function requireImport(
  db: Db,
  id: string,
  notify = (_: string) => {},
): Promise<Import> {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : undefined;
  const found = number === undefined ? undefined : await findImport(db, number);
  if (found !== undefined) return found;
  const by = number === undefined ? undefined : await findReplacement(db, number);
  const replacement = by === undefined ? undefined : await findImport(db, by);
  if (replacement === undefined) {
    throw problem('no_import', { id, command: typed('imports') });
  }
  notify(`Import ${id} was replaced by import ${replacement.id}; using import ${replacement.id}.`);
  return replacement;
}
