import type { CsvFormat } from '../csv/format.ts';
import { auditDetails } from '../domain/audit-details.ts';
import { chunkSize } from '../domain/chunk-size.ts';
import { Problem } from '../domain/problem.ts';
import { recordAudit } from '../ledger/audit.ts';
import { divideIntoChunks } from '../ledger/chunks.ts';
import { markReady } from '../ledger/import-state.ts';
import { createImport } from '../ledger/imports.ts';
import { Reading, type ReadingRight, takeReading } from '../ledger/reading.ts';
import { deleteImport } from '../ledger/remove-import.ts';
import type { Db } from '../ledger/schema.ts';
import { readPending } from '../ledger/tallies.ts';
import { throwIfLost } from './reading-lost.ts';
import { type IngestProgress, type StoreOptions, storeRows } from './store-rows.ts';

/** A batch takes so many, and a command invites into one group. */
const COMMANDS_PER_REQUEST = 50;

export interface Source {
  /** As the person knows the file. */
  fileName: string;
  fileDigest: string;
  portal: string;
  message: string | null;
  format: CsvFormat;
}

export interface IngestOptions extends StoreOptions {
  /** Requests in flight at once; small imports are divided so that each has something to do. */
  concurrency: number;
  /** Who imports, for the audit trail. @default `cli` */
  actor?: string;
}

/** Makes an import that this process is about to read, within a transaction. */
export async function beginImportOf(tx: Db, source: Source): Promise<ReadingRight> {
  const importId = await createImport(tx, { ...source, format: JSON.stringify(source.format) });
  const right = await takeReading(tx, importId);
  if (right === undefined) throw new Error('A new import is read by somebody else.');
  return right;
}

/**
 * Makes an import of a CSV: see {@link fillImport}. When anything goes wrong nothing of it stays.
 *
 * @returns the import's id
 */
export async function ingest(
  db: Db,
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<number> {
  const right = await db.transaction().execute((tx) => beginImportOf(tx, source));
  return ingestAs(db, right, source, bytes, options);
}

/** As {@link ingest}, into an import that was begun. */
export async function ingestAs(
  db: Db,
  right: ReadingRight,
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<number> {
  const { importId } = right;
  await using reading = new Reading(db, right);
  try {
    const onProgress = (progress: IngestProgress) => {
      throwIfLost(reading, source.fileName);
      options.onProgress?.(progress);
    };
    await fillImport(db, importId, source, bytes, { ...options, onProgress });
    return importId;
  } catch (error) {
    throwIfLost(reading, source.fileName);
    // A full disk may not even let it be removed; what went wrong is what matters.
    await deleteImport(db, importId).catch(() => {});
    throw error;
  }
}

/**
 * Reads a CSV into an import that is new: afterwards it is `ready`, each data row is a pair,
 * several, a duplicate or a reject, and the pairs are divided into chunks.
 *
 * @param bytes the file's content, unpacked; memory does not grow with it
 * @throws Problem when the file cannot be read, has no data rows, or names people or groups that
 * the portal does not let us look up; the import is of no use then
 */
export async function fillImport(
  db: Db,
  importId: number,
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<void> {
  const { fileName } = source;
  const read = await storeRows(db, importId, source, bytes, options);
  if (read.rows === 0) {
    throw new Problem(
      `${fileName} has a header but no data rows.`,
      'Put one group and user per line below the header.',
      { coded: { code: 'file_without_rows', params: { file: fileName } } },
    );
  }
  const size = chunkSize(await readPending(db, importId), options.concurrency);
  await divideIntoChunks(db, importId, { size, maxGroups: COMMANDS_PER_REQUEST });
  await db.transaction().execute(async (tx) => {
    await markReady(tx, importId, read);
    const { rows, pairs } = read;
    const detail =
      pairs === rows
        ? auditDetails.say('rows', { file: fileName, rows })
        : auditDetails.say('rows_and_pairs', { file: fileName, rows, pairs });
    const actor = options.actor ?? 'cli';
    await recordAudit(tx, { importId, actor, action: 'import', detail });
  });
}
