import type { Import } from '../../domain/imports/import.ts';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import { fold } from '../db/fold-text.ts';
import type { Db } from '../db/schema.ts';
import { holdsAll } from '../search/find-text.ts';
import { storedImports, toImport } from './stored-import.ts';

/** Which imports a list has. */
export interface ImportsWanted {
  /** Only those in the archive, or only the others. @default the others */
  archived?: boolean | undefined;
  /** Only running and paused ones, or only the others. @default both */
  active?: boolean | undefined;
  /** Words of the file name, or the number of the import. @default any */
  text?: string | undefined;
}

/** @returns at most `limit` imports with an id below `before`, newest first */
export async function readImportPage(
  db: Db,
  {
    before = MAX_ID,
    limit,
    ...wanted
  }: ImportsWanted & { before?: number | undefined; limit: number },
): Promise<Import[]> {
  const { archived = false, active, text = '' } = wanted;
  const words = fold(text).split(/\s+/).filter(Boolean);
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  const rows = await storedImports(db)
    .where('id', '<', before)
    .where('archived_at', archived ? 'is not' : 'is', null)
    .$if(active !== undefined, (query) =>
      query.where('state', active ? 'in' : 'not in', ['running', 'paused']),
    )
    .$if(words.length > 0, (query) =>
      query.where((eb) => eb.or([holdsAll(db, 'file_name', words), eb('id', '=', number)])),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toImport);
}
