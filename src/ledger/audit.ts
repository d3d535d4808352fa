import type { Db } from './schema.ts';

/** Something that a person or the program did to an import, or that befell the portal. */
export interface AuditEntry {
  importId: number | null;
  /** `cli`, `worker`, or later whoever was logged in. */
  actor: string;
  action: string;
  detail?: string;
}

/** Writes to the audit trail. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      import_id: entry.importId,
      at: Date.now(),
      actor: entry.actor,
      action: entry.action,
      detail: entry.detail ?? null,
    })
    .execute();
}

/** @returns the audit trail of an import, oldest first */
export async function readAudit(db: Db, importId: number) {
  return db
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'detail'])
    .where('import_id', '=', importId)
    .orderBy('id')
    .execute();
}
