import type { Selectable } from 'kysely';
import type { Import } from '../domain/import.ts';
import { parseProblem } from './import-problem.ts';
import type { ImportTable } from './schema.ts';

/** @returns an import as the program knows it */
export function toImport(row: Selectable<ImportTable>): Import {
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
    format: row.format,
    createdAt: new Date(row.created_at),
    startedAt: row.started_at === null ? null : new Date(row.started_at),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
    workedMs: row.running_since === null ? row.worked_ms : null,
    problem: row.problem === null ? null : parseProblem(row.problem),
  };
}
