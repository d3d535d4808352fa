import { Problem } from '../domain/errors/problem.ts';
import { chunkSize } from '../domain/imports/chunk-size.ts';
import type { CsvFormat } from '../files/csv/csv-format.ts';
import type { Db } from '../ledger/db/schema.ts';
import { divideIntoChunks } from '../ledger/delivery/chunks.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { markReady } from '../ledger/imports/import-state.ts';
import { createImport } from '../ledger/imports/import-store.ts';
import {
  asReader,
  Reading,
  type ReadingRight,
  takeReading,
  type Write,
} from '../ledger/imports/ingest-lease.ts';
import { ReadingLost } from '../ledger/imports/reading-lost.ts';
import { deleteUnread } from '../ledger/imports/remove-import.ts';
import { readPending } from '../ledger/tallies/tallies.ts';
import { auditDetails } from '../messages/audit-details.ts';
import { type StoreOptions, storeRows } from './store-rows.ts';

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
  /**
   * Does what follows from the import's being read, in the same transaction; when it throws, the
   * import is not read.
   */
  onRead?: (tx: Db) => Promise<void>;
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
  await using _ = new Reading(db, right);
  try {
    await fillImport(db, right, source, bytes, options);
    return right.importId;
  } catch (error) {
    // A full disk may not even let it be removed; what went wrong is what matters.
    if (!(error instanceof ReadingLost)) await deleteUnread(db, right).catch(() => {});
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
 * @throws ReadingLost when somebody else reads the import by now, and has what is in it
 */
export async function fillImport(
  db: Db,
  right: ReadingRight,
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<void> {
  const { importId } = right;
  const { fileName } = source;
  const write: Write = (act) => asReader(db, right, act);
  const read = await storeRows(db, right, source, bytes, options);
  if (read.rows === 0) {
    throw new Problem(
      `${fileName} has a header but no data rows.`,
      'Put one group and user per line below the header.',
      { coded: { code: 'file_without_rows', params: { file: fileName } } },
    );
  }
  const size = chunkSize(await readPending(db, importId), options.concurrency);
  await divideIntoChunks(db, importId, { size, maxGroups: COMMANDS_PER_REQUEST }, write);
  await write(async (tx) => {
    await markReady(tx, importId, read);
    const { rows, pairs } = read;
    const detail =
      pairs === rows
        ? auditDetails.say('rows', { file: fileName, rows })
        : auditDetails.say('rows_and_pairs', { file: fileName, rows, pairs });
    const actor = options.actor ?? 'cli';
    await recordAudit(tx, { importId, actor, action: 'import', detail });
    await options.onRead?.(tx);
  });
}
