import type { Import } from '../domain/import.ts';
import { importsInState } from './imports.ts';
import type { Db } from './schema.ts';

/** How the audit trail calls handing a file in to a server, to be started when it is read or not. */
export const UPLOAD = 'upload';
export const UPLOAD_AND_START = 'upload and start';

/** An import whose file was handed in to a server and is not read yet. */
export interface UnfinishedUpload {
  found: Import;
  actor: string;
  /** Whether it is to be started when it is read. */
  start: boolean;
}

/** @returns the imports whose reading was broken off with the server */
export async function unfinishedUploads(db: Db, portal: string): Promise<UnfinishedUpload[]> {
  const imports = await importsInState(db, portal, 'reading');
  if (imports.length === 0) return [];
  const uploads = await db
    .selectFrom('audit')
    .select(['import_id', 'actor', 'action'])
    .where('action', 'in', [UPLOAD, UPLOAD_AND_START])
    .where(
      'import_id',
      'in',
      imports.map(({ id }) => id),
    )
    .execute();
  const byImport = new Map(uploads.map((row) => [row.import_id, row]));
  return imports.flatMap((found): UnfinishedUpload[] => {
    const upload = byImport.get(found.id);
    if (upload === undefined) return [];
    return [{ found, actor: upload.actor, start: upload.action === UPLOAD_AND_START }];
  });
}

/** @returns the imports that were handed in to a server, and that the portal was not asked about */
export async function uncheckedUploads(db: Db, portal: string): Promise<number[]> {
  const rows = await db
    .selectFrom('imports')
    .innerJoin('audit', 'audit.import_id', 'imports.id')
    .leftJoin('checks', 'checks.import_id', 'imports.id')
    .select('imports.id')
    .distinct()
    .where('imports.portal', '=', portal)
    .where('imports.state', '=', 'ready')
    .where('audit.action', 'in', [UPLOAD, UPLOAD_AND_START])
    .where('checks.import_id', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}
