import type { CodedText } from '../../domain/text/coded-text.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { readTexts, writeTexts } from '../db/stored-texts.ts';

/** An action of a user or the program on an import, or an event of the portal. */
export interface AuditEntry {
  importId: number | null;
  /** Portal that an entry without an import concerns. */
  portal?: string;
  /** `cli`, `worker`, or the user who was logged in. */
  actor: string;
  action: string;
  detail?: CodedText;
}

export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      import_id: entry.importId,
      portal: entry.portal ?? null,
      at: ledgerNow(db),
      actor: entry.actor,
      action: entry.action,
      detail: writeTexts(entry.detail && [entry.detail]),
    })
    .execute();
}

/** @returns the audit trail of an import with the holds of its portal meanwhile, oldest first */
export async function readAudit(db: Db, importId: number) {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'detail'])
    .where((eb) =>
      eb.or([
        eb('import_id', '=', importId),
        eb(
          'id',
          'in',
          eb
            .selectFrom('imports')
            .innerJoin('audit as holds', 'holds.portal', 'imports.portal')
            .select('holds.id')
            .where('imports.id', '=', importId)
            .where('holds.import_id', 'is', null)
            .whereRef('holds.at', '>=', 'imports.started_at')
            .where((of) =>
              of.or([
                of('imports.finished_at', 'is', null),
                of('holds.at', '<=', of.ref('imports.finished_at')),
              ]),
            ),
        ),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(withDetail);
}

/** Actions that create an import: the upload of a file, or the completed import. */
const MAKING = ['upload', 'upload and start', 'import'];

/** @returns the creator of each import, where known */
export const readMakers = (db: Db, importIds: readonly number[]): Promise<Map<number, string>> =>
  readActors(db, importIds, MAKING, 'first');

/** @returns who started each import, where known */
export const readStarters = (db: Db, importIds: readonly number[]): Promise<Map<number, string>> =>
  readActors(db, importIds, ['start'], 'last');

/** @returns for each import who did one of these actions, the first or the last time */
async function readActors(
  db: Db,
  importIds: readonly number[],
  actions: readonly string[],
  time: 'first' | 'last',
): Promise<Map<number, string>> {
  if (importIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('audit')
    .select(['import_id', 'actor'])
    .where('import_id', 'in', importIds)
    .where('action', 'in', actions)
    // Of several entries, the map keeps the one that comes last.
    .orderBy('id', time === 'first' ? 'desc' : 'asc')
    .execute();
  return new Map(
    rows.flatMap((row) => (row.import_id === null ? [] : [[row.import_id, row.actor]])),
  );
}

/** @returns the newest entries that concern a portal rather than an import, newest first; old ones name none */
export async function readPortalAudit(db: Db, portal: string, limit: number) {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'action', 'detail'])
    .where('import_id', 'is', null)
    .where((eb) => eb.or([eb('portal', 'is', null), eb('portal', '=', portal)]))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(withDetail);
}

const withDetail = <Row extends { detail: string | null }>(row: Row) => ({
  ...row,
  detail: readTexts(row.detail)[0] ?? null,
});
