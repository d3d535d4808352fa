import type { Import } from '../../domain/imports/import.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import type { Db } from '../db/schema.ts';
import { readTexts } from '../db/stored-texts.ts';
import { recordAudit } from './audit.ts';
import { importsInState } from './import-store.ts';

/** Actions in the audit trail: a file was uploaded to a server; the second also starts after reading. */
export const UPLOAD = 'upload';
export const UPLOAD_AND_START = 'upload and start';
/** Action in the audit trail: a user cancelled an import. */
export const CANCEL = 'cancel';
/** Action in the audit trail: a user had the file of an import read in another format. */
const REREAD = 'reread';
/** Action in the audit trail of the new import then; the detail has the id of the import it replaces. */
const REPLACE = 'replace';

/** An import with a file that was uploaded to a server and is not read yet. */
export interface UnfinishedUpload {
  found: Import;
  actor: string;
  /** Whether it is to be started after reading. */
  start: boolean;
  /** A user cancelled it, and the rows that were read are still to be deleted. */
  isCancelled: boolean;
  /** The import that it replaces. */
  replaces: number | undefined;
}

/** Records that an import replaces another one, and reads the same file in another format. */
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

/** @returns the uploaded imports that a server has not finished reading */
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

/** @returns whether an import was uploaded to be started, and not reread in another format since then */
export async function startsWhenRead(db: Db, importId: number): Promise<boolean> {
  const rows = await db
    .selectFrom('audit')
    .select('action')
    .where('import_id', '=', importId)
    .where('action', 'in', [UPLOAD_AND_START, REREAD])
    .execute();
  return rows.length > 0 && rows.every(({ action }) => action === UPLOAD_AND_START);
}

/** @returns the imports that were uploaded to a server and are not checked yet */
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
