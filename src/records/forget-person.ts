import type { Import } from '../domain/imports/import.ts';
import type { Person } from '../domain/pairs/person.ts';
import { releaseSource } from '../ingest/kept-source.ts';
import type { Db } from '../ledger/db/schema.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { listImports } from '../ledger/imports/import-store.ts';
import { hasImportOf } from '../ledger/imports/imports-of-file.ts';
import { forgetRows, type Obstacle, obstacleTo } from '../ledger/people/forget-rows.ts';
import { findPersonRows, importsNaming, type PersonRows } from '../ledger/people/person-rows.ts';
import { readLines } from '../ledger/people/read-lines.ts';
import { auditDetail } from '../messages/audit-details.ts';
import { dropSource, forgetSource, type SourceChange } from './forget-source.ts';

/** An import with data about a person. */
export interface ImportOfPerson {
  found: Import;
  rows: PersonRows;
  /** Why the person cannot be removed from it now. */
  obstacle: Obstacle | undefined;
}

/** What was removed from an import. */
export interface Forgotten {
  found: Import;
  pairs: number;
  issues: number;
  source: SourceChange['kind'];
}

/** @returns the imports with data about the person, newest first; imports that are being read included */
export async function importsOfPerson(db: Db, person: Person): Promise<ImportOfPerson[]> {
  const naming = person.userId === undefined ? new Set() : await importsNaming(db, person.userId);
  const list: ImportOfPerson[] = [];
  for (const found of await listImports(db)) {
    const rows = await findPersonRows(db, found.id, person);
    list.push({ found, rows, obstacle: await obstacleTo(db, found.id, person) });
  }
  const isMeant = ({ found, rows }: ImportOfPerson) =>
    rows.pairs.length + rows.issues.length > 0 || naming.has(found.id);
  const files = new Set(list.filter(isMeant).map(({ found }) => found.fileDigest));
  return list.filter(
    (one) =>
      // Another import of the same file can have been read by other columns.
      files.has(one.found.fileDigest) ||
      isMeant(one) ||
      // What a file in progress contains is not known.
      one.found.state === 'reading',
  );
}

/**
 * Removes a person from an import: from the stored file, then from the ledger in one transaction.
 *
 * @returns what was removed, or an obstacle that has come up
 */
export async function forgetInImport(
  db: Db,
  dataDir: string,
  found: Import,
  person: Person,
): Promise<Forgotten | Obstacle> {
  const { id, fileDigest } = found;
  const lines = await readLines(db, id, await findPersonRows(db, id, person));
  const source = await forgetSource(dataDir, found, person, lines);
  const next = source.kind === 'rewritten' ? source : undefined;
  const removed = await forgetRows(db, id, person, next);
  if (next !== undefined) {
    await releaseSource(next.fileDigest, dataDir, () => hasImportOf(db, next.fileDigest));
  }
  if (typeof removed === 'string') return removed;
  const isStale = next !== undefined && !(await hasImportOf(db, fileDigest));
  if (source.kind === 'dropped' || isStale) dropSource(dataDir, fileDigest);
  const [pairs, issues] = [removed.pairs.length, removed.issues.length];
  const detail = auditDetail('pairs', { pairs });
  await recordAudit(db, { importId: id, actor: 'cli', action: 'forget', detail });
  return { found, pairs, issues, source: source.kind };
}
