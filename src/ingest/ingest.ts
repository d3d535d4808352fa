import { Problem } from '../domain/errors/problem.ts';
import { chunkSize } from '../domain/imports/chunk-size.ts';
import type { CsvFormat } from '../files/csv/csv-format.ts';
import type { Db } from '../ledger/db/schema.ts';
import { divideIntoChunks } from '../ledger/delivery/chunks.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { markReady } from '../ledger/imports/import-state.ts';
import { createImport } from '../ledger/imports/import-store.ts';
import {
  acquireIngestLease,
  type IngestLease,
  LeaseRenewal,
  type Write,
  withIngestLease,
} from '../ledger/imports/ingest-lease.ts';
import { IngestLeaseLost } from '../ledger/imports/ingest-lease-lost.ts';
import { deleteUnread } from '../ledger/imports/remove-import.ts';
import { readPending } from '../ledger/tallies/tallies.ts';
import { auditDetail } from '../messages/audit-details.ts';
import { type StoreOptions, storeRows } from './store-rows.ts';

/** A batch takes so many, and a command invites into one group. */
const COMMANDS_PER_REQUEST = 50;

export interface IngestSource {
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
export async function beginImportOf(tx: Db, source: IngestSource): Promise<IngestLease> {
  const importId = await createImport(tx, { ...source, format: JSON.stringify(source.format) });
  const lease = await acquireIngestLease(tx, importId);
  if (lease === undefined) throw new Error('A new import is read by somebody else.');
  return lease;
}

/**
 * Makes an import of a CSV: see {@link fillImport}. When anything goes wrong nothing of it stays.
 *
 * @returns the import's id
 */
export async function ingest(
  db: Db,
  source: IngestSource,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<number> {
  const lease = await db.transaction().execute((tx) => beginImportOf(tx, source));
  return ingestAs(db, lease, source, bytes, options);
}

/** As {@link ingest}, into an import that was begun. */
export async function ingestAs(
  db: Db,
  lease: IngestLease,
  source: IngestSource,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<number> {
  await using _ = new LeaseRenewal(db, lease);
  try {
    await fillImport(db, lease, source, bytes, options);
    return lease.importId;
  } catch (error) {
    // A full disk may not even let it be removed; what went wrong is what matters.
    if (!(error instanceof IngestLeaseLost)) await deleteUnread(db, lease).catch(() => {});
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
 * @throws IngestLeaseLost when somebody else reads the import by now, and has what is in it
 */
export async function fillImport(
  db: Db,
  lease: IngestLease,
  source: IngestSource,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<void> {
  const { importId } = lease;
  const { fileName } = source;
  const write: Write = (act) => withIngestLease(db, lease, act);
  const read = await storeRows(db, lease, source, bytes, options);
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
        ? auditDetail('rows', { file: fileName, rows })
        : auditDetail('rows_and_pairs', { file: fileName, rows, pairs });
    const actor = options.actor ?? 'cli';
    await recordAudit(tx, { importId, actor, action: 'import', detail });
    await options.onRead?.(tx);
  });
}
