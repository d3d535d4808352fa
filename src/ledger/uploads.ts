import type { Import } from '../domain/import.ts';
import { importsInState } from './imports.ts';
import type { Db } from './schema.ts';

/** How the audit trail calls handing a file in to a server, to be started when it is read or not. */
export const UPLOAD = 'upload';
export const UPLOAD_AND_START = 'upload and start';
/** How it calls that somebody cancels an import. */
export const CANCEL = 'cancel';

/** An import whose file was handed in to a server and is not read yet. */
export interface UnfinishedUpload {
  found: Import;
  actor: string;
  /** Whether it is to be started when it is read. */
  start: boolean;
  /** Somebody has cancelled it, and what was read is still to be taken back. */
  isCancelled: boolean;
}

/** @returns the imports whose reading was broken off with the server */
export async function unfinishedUploads(db: Db, portal: string): Promise<UnfinishedUpload[]> {
  const imports = await importsInState(db, portal, 'reading');
  if (imports.length === 0) return [];
  const uploads = await db
    .selectFrom('audit')
    .select(['import_id', 'actor', 'action'])
    .where('action', 'in', [UPLOAD, UPLOAD_AND_START, CANCEL])
    .where(
      'import_id',
      'in',
      imports.map(({ id }) => id),
    )
    .execute();
  const byImport = Map.groupBy(uploads, ({ import_id }) => import_id);
  return imports.flatMap((found): UnfinishedUpload[] => {
    const entries = byImport.get(found.id) ?? [];
    const upload = entries.find(({ action }) => action !== CANCEL);
    if (upload === undefined) return [];
    const isCancelled = entries.some(({ action }) => action === CANCEL);
    const start = upload.action === UPLOAD_AND_START;
    return [{ found, actor: upload.actor, start, isCancelled }];
  });
}

/** @returns whether an import was handed in to be started when it is read */
export async function startsWhenRead(db: Db, importId: number): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where('import_id', '=', importId)
    .where('action', '=', UPLOAD_AND_START)
    .executeTakeFirst();
  return row !== undefined;
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
