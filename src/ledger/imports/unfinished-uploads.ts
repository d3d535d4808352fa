import type { Import } from '../../domain/imports/import.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import type { Db } from '../db/schema.ts';
import { readTexts } from '../db/stored-texts.ts';
import { recordAudit } from './audit.ts';
import { importsInState } from './import-store.ts';

/** How the audit trail calls handing a file in to a server, to be started when it is read or not. */
export const UPLOAD = 'upload';
export const UPLOAD_AND_START = 'upload and start';
/** How it calls that somebody cancels an import. */
export const CANCEL = 'cancel';
/** How it calls, with an import, that somebody has its file read in another way. */
const REREAD = 'reread';
/** How it calls, with what comes of that, which import is to go for it: the detail is its id. */
const REPLACE = 'replace';

/** An import whose file was handed in to a server and is not read yet. */
export interface UnfinishedUpload {
  found: Import;
  actor: string;
  /** Whether it is to be started when it is read. */
  start: boolean;
  /** Somebody has cancelled it, and what was read is still to be taken back. */
  isCancelled: boolean;
  /** The import that it is to take the place of. */
  replaces: number | undefined;
}

/** Records that an import is made to take the place of another one, whose file it reads in another way. */
export async function recordReread(
  tx: Db,
  importId: number,
  { replaces, actor }: { replaces: number; actor: string },
): Promise<void> {
  await recordAudit(tx, { importId: replaces, actor, action: REREAD });
  await recordAudit(tx, {
    importId,
    actor,
    action: REPLACE,
    detail: auditDetail('replaces', { id: replaces }),
  });
}

/** @returns the imports whose reading was broken off with the server */
export async function unfinishedUploads(db: Db, portal: string): Promise<UnfinishedUpload[]> {
  const imports = await importsInState(db, portal, 'reading');
  if (imports.length === 0) return [];
  const uploads = await db
    .selectFrom('audit')
    .select(['import_id', 'actor', 'action', 'detail'])
    .where('action', 'in', [UPLOAD, UPLOAD_AND_START, CANCEL, REREAD, REPLACE])
    .where(
      'import_id',
      'in',
      imports.map(({ id }) => id),
    )
    .execute();
  const byImport = Map.groupBy(uploads, ({ import_id }) => import_id);
  return imports.flatMap((found): UnfinishedUpload[] => {
    const entries = byImport.get(found.id) ?? [];
    const has = (wanted: string) => entries.some(({ action }) => action === wanted);
    const upload = entries.find(({ action }) => action === UPLOAD || action === UPLOAD_AND_START);
    if (upload === undefined) return [];
    const start = has(UPLOAD_AND_START) && !has(REREAD);
    const replaced = entries.find(({ action }) => action === REPLACE)?.detail ?? null;
    const [old] = readTexts(replaced);
    const replaces = old && Number(old.params.id);
    return [{ found, actor: upload.actor, start, isCancelled: has(CANCEL), replaces }];
  });
}

/**
 * @returns whether an import was handed in to be started when it is read, and nobody has had its file
 * read in another way since
 */
export async function startsWhenRead(db: Db, importId: number): Promise<boolean> {
  const rows = await db
    .selectFrom('audit')
    .select('action')
    .where('import_id', '=', importId)
    .where('action', 'in', [UPLOAD_AND_START, REREAD])
    .execute();
  return rows.length > 0 && rows.every(({ action }) => action === UPLOAD_AND_START);
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
