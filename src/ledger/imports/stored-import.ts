import type { Selectable } from 'kysely';
import type { Import, StoredImportState } from '../../domain/imports/import.ts';
import type { Db, ImportTable } from '../db/schema.ts';
import { parseProblem } from './import-problem.ts';

/** Row of an import that is not removed. */
type StoredImport = Selectable<ImportTable> & { state: StoredImportState };

/** All imports but those that are being removed. */
export const storedImports = (db: Db) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('state', '!=', 'removed')
    .$narrowType<{ state: StoredImportState }>();

export function toImport(row: StoredImport): Import {
  return {
    id: row.id,
    fileName: row.file_name,
    fileDigest: row.file_digest,
    portal: row.portal,
    message: row.message,
    state: row.state,
    rows: row.row_count,
    pairs: row.pair_count,
    rejectedRows: row.rejected_row_count,
    emptyTexts: row.empty_text_count,
    format: row.format,
    createdAt: new Date(row.created_at),
    startedAt: row.started_at === null ? null : new Date(row.started_at),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
    archivedAt: row.archived_at === null ? null : new Date(row.archived_at),
    workedMs: row.running_since === null ? row.worked_ms : null,
    trial: row.trial,
    problem: row.problem === null ? null : parseProblem(row.problem),
  };
}
