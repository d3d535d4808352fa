import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../db/schema.ts';
import { storedImports, toImport } from './stored-import.ts';

/** @returns whether the file was imported before */
export async function hasImportOf(db: Db, fileDigest: string): Promise<boolean> {
  const row = await storedImports(db).where('file_digest', '=', fileDigest).executeTakeFirst();
  return row !== undefined;
}

/** @returns the newest other import of the same bytes for the same portal that was started */
export async function findEarlier(
  db: Db,
  { id, fileDigest, portal }: Pick<Import, 'id' | 'fileDigest' | 'portal'>,
): Promise<Import | undefined> {
  const row = await storedImports(db)
    .where('file_digest', '=', fileDigest)
    .where('portal', '=', portal)
    .where('id', '<', id)
    .where('started_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toImport(row);
}

/**
 * Finds an import to resume instead of importing the same file again.
 *
 * @param orDue includes a finished import with results that were not delivered yet. @default true
 * @returns the newest unfinished import of the same bytes, with the same format and message, for the same
 * portal
 */
export async function findUnfinished(
  db: Db,
  wanted: Pick<Import, 'fileDigest' | 'portal' | 'message' | 'format'>,
  { orDue = true } = {},
): Promise<Import | undefined> {
  const row = await storedImports(db)
    .where('file_digest', '=', wanted.fileDigest)
    .where('portal', '=', wanted.portal)
    .where('format', 'in', [wanted.format, ''])
    .where('message', wanted.message === null ? 'is' : '=', wanted.message)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['reading', 'ready', 'running', 'paused']),
        ...(orDue ? [eb.and([eb('state', '=', 'finished'), eb('results_due', '=', 1)])] : []),
      ]),
    )
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && toImport(row);
}
