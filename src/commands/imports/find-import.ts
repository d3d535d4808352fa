import { Problem } from '../../domain/errors/problem.ts';
import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findReplacement } from '../../ledger/imports/import-redirects.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { typed } from '../../platform/invocation.ts';

/**
 * Finds an import by the id that a user typed. The id of a replaced import leads to its
 * replacement.
 *
 * @param notify called once when the import was replaced. It must not write to stdout, which can be
 * a file of results.
 * @default does nothing
 * @throws Problem when there is no import of that id
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
    throw new Problem(
      `There is no import ${id}.`,
      `To list all imports, type: ${typed('imports')}`,
    );
  }
  notify(`Import ${id} was replaced by import ${replacement.id}; using import ${replacement.id}.`);
  return replacement;
}
