import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../db/schema.ts';
import { storedImports, toImport } from './stored-import.ts';

/** @returns whether an import was made of the file */
export async function hasImportOf(db: Db, fileDigest: string): Promise<boolean> {
  const row = await storedImports(db).where('file_digest', '=', fileDigest).executeTakeFirst();
  return row !== undefined;
}

/**
 * @param orDue also one that has ended, whose results never reached the one who waited for them. @default true
 * @returns the newest import of the same bytes, read alike, with the same message and for the same portal, that
 * has not ended, so that it goes on instead of beginning again
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
