import type { CodedText } from '../../domain/text/coded-text.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { readTexts, writeTexts } from '../db/stored-texts.ts';

/** Something that a person or the program did to an import, or that befell the portal. */
export interface AuditEntry {
  importId: number | null;
  /** `cli`, `worker`, or later whoever was logged in. */
  actor: string;
  action: string;
  detail?: CodedText;
}

/** Writes to the audit trail. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      import_id: entry.importId,
      at: ledgerNow(db),
      actor: entry.actor,
      action: entry.action,
      detail: writeTexts(entry.detail && [entry.detail]),
    })
    .execute();
}

/** @returns the audit trail of an import, oldest first */
export async function readAudit(db: Db, importId: number) {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'detail'])
    .where('import_id', '=', importId)
    .orderBy('id')
    .execute();
  return rows.map(withDetail);
}

/** What makes an import: handing the file in, and having read it. */
const MAKING = ['upload', 'upload and start', 'import'];

/** @returns who made each of the imports, as far as that is known */
export async function readMakers(
  db: Db,
  importIds: readonly number[],
): Promise<Map<number, string>> {
  if (importIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('audit')
    .select(['import_id', 'actor'])
    .where('import_id', 'in', importIds)
    .where('action', 'in', MAKING)
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.flatMap((row) => (row.import_id === null ? [] : [[row.import_id, row.actor]])),
  );
}

/** @returns the newest entries that concern the portal rather than an import, newest first */
export async function readPortalAudit(db: Db, limit: number) {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'action', 'detail'])
    .where('import_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(withDetail);
}

const withDetail = <Row extends { detail: string | null }>(row: Row) => ({
  ...row,
  detail: readTexts(row.detail)[0] ?? null,
});
