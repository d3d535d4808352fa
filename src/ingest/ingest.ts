import { chunkSize } from '../domain/imports/chunk-size.ts';
import type { CsvFormat } from '../files/csv/csv-format.ts';
import type { Content } from '../files/rows/rows.ts';
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
import { type ImportChoices, keepImportChoices } from '../ledger/imports/remembered-choices.ts';
import { deleteUnread } from '../ledger/imports/remove-import.ts';
import { readPending } from '../ledger/tallies/tallies.ts';
import { auditDetail } from '../messages/audit-details.ts';
import { problem } from '../messages/problems.ts';
import { type StoreOptions, storeRows } from './store-rows.ts';

/** Most commands in a batch; a command invites into one group. */
const COMMANDS_PER_REQUEST = 50;

export interface IngestSource {
  /** The name that the user gave the file. */
  fileName: string;
  fileDigest: string;
  portal: string;
  message: string | null;
  format: CsvFormat;
  /** How the file was chosen to be read; undefined when all of it was detected. */
  choices?: ImportChoices;
}

export interface IngestOptions extends StoreOptions {
  /** Requests in flight at once; small imports are divided so that every slot gets work. */
  concurrency: number;
  /** Who imports, for the audit trail. @default `cli` */
  actor?: string;
  /** Called in the transaction that marks the import as read, which it prevents by throwing. */
  onRead?: (tx: Db) => Promise<void>;
}

/** Creates an import that this process is about to read, within a transaction. */
export async function beginImportOf(tx: Db, source: IngestSource): Promise<IngestLease> {
  const importId = await createImport(tx, { ...source, format: JSON.stringify(source.format) });
  if (source.choices !== undefined) await keepImportChoices(tx, importId, source.choices);
  const lease = await acquireIngestLease(tx, importId);
  if (lease === undefined) throw new Error('Another process reads a new import.');
  return lease;
}

/**
 * Creates an import from a file: see {@link fillImport}. On an error nothing of it is kept.
 *
 * @returns the import's id
 */
export async function ingest(
  db: Db,
  source: IngestSource,
  content: Content,
  options: IngestOptions,
): Promise<number> {
  const lease = await db.transaction().execute((tx) => beginImportOf(tx, source));
  return ingestAs(db, lease, source, content, options);
}

/** As {@link ingest}, into an import that exists already. */
export async function ingestAs(
  db: Db,
  lease: IngestLease,
  source: IngestSource,
  content: Content,
  options: IngestOptions,
): Promise<number> {
  await using _ = new LeaseRenewal(db, lease);
  try {
    await fillImport(db, lease, source, content, options);
    return lease.importId;
  } catch (error) {
    // On a full disk even the removal can fail; the first error is the one to report.
    if (!(error instanceof IngestLeaseLost)) await deleteUnread(db, lease).catch(() => {});
    throw error;
  }
}

/**
 * Reads a file into a new import: afterwards the import is `ready`, each data row is one pair or several, a
 * duplicate or a reject, and the pairs are divided into chunks.
 *
 * @param content of the file, unpacked; memory does not grow with it
 * @throws Problem when the file cannot be read, has no data rows, or names people or groups that the portal
 * does not let us look up; the import is unusable then
 * @throws IngestLeaseLost when another process reads the import by now and owns its content
 */
export async function fillImport(
  db: Db,
  lease: IngestLease,
  source: IngestSource,
  content: Content,
  options: IngestOptions,
): Promise<void> {
  const { importId } = lease;
  const { fileName } = source;
  const write: Write = (act) => withIngestLease(db, lease, act);
  const read = await storeRows(db, lease, source, content, options);
  if (read.rows === 0) {
    throw problem('file_without_rows', { file: fileName });
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
