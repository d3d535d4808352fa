import type { CsvFormat } from '../csv/format.ts';
import { type Row, readStretches, type Stretch } from '../csv/rows.ts';
import { auditDetails } from '../domain/audit-details.ts';
import { chunkSize } from '../domain/chunk-size.ts';
import type { Directory } from '../domain/directory.ts';
import { Problem } from '../domain/problem.ts';
import { recordAudit } from '../ledger/audit.ts';
import { divideIntoChunks } from '../ledger/chunks.ts';
import { createImport, markReady } from '../ledger/imports.ts';
import { Reading, type ReadingRight, takeReading } from '../ledger/reading.ts';
import { deleteImport } from '../ledger/remove-import.ts';
import type { Db } from '../ledger/schema.ts';
import { readPending } from '../ledger/tallies.ts';
import { combinations, foundUsers, hasName, type Names, resolveNames } from './entries.ts';
import { EntryStore } from './entry-store.ts';
import { throwIfLost } from './reading-lost.ts';

/** Rows whose names are asked for at once. */
const ROWS_PER_BATCH = 10_000;
const ROWS_PER_REPORT = 10_000;
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

/** How far the reading of a file has come. */
export interface IngestProgress {
  rows: number;
  /** How many pairs are in order, when all rows are read. */
  ordered?: number;
}

export interface IngestOptions {
  /** Requests in flight at once; small imports are divided so that each has something to do. */
  concurrency: number;
  /** Knows whom the names in the file mean. */
  directory: Directory;
  /** Who imports, for the audit trail. @default `cli` */
  actor?: string;
  /** Told now and then. */
  onProgress?: (progress: IngestProgress) => void;
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

/** What the rows of the file came to. */
interface Read {
  rows: number;
  rejectedRows: number;
  pairs: number;
}

async function storeRows(
  db: Db,
  importId: number,
  { fileName, format }: Source,
  bytes: AsyncIterable<Uint8Array>,
  { directory, onProgress }: IngestOptions,
): Promise<Read> {
  using store = new EntryStore(db, importId);
  let rows = 0;
  let rejectedRows = 0;
  let told = 0;
  for await (const batch of batches(readStretches(bytes, { fileName, format }))) {
    const names = await resolveNames(batch.flatMap(rowsOf), directory);
    await store.keepEmails(foundUsers(names));
    for (const stretch of batch) {
      if (stretch.kind === 'plain') await store.addPlain(stretch);
      else rejectedRows += await storeRowsOf(stretch.rows, names, store);
      rows += stretch.count;
    }
    if (rows < told + ROWS_PER_REPORT) continue;
    onProgress?.({ rows });
    told = rows;
  }
  if (rows > told) onProgress?.({ rows });
  await store.finish((ordered) => onProgress?.({ rows, ordered }));
  return { rows, rejectedRows, pairs: store.count };
}

/** @returns how many of the rows hold no pair at all */
async function storeRowsOf(rows: readonly Row[], names: Names, store: EntryStore): Promise<number> {
  let rejected = 0;
  for (const row of rows) {
    let hasPair = false;
    for (const entry of row.kind === 'list' ? combinations(row, names) : [row]) {
      hasPair ||= entry.kind === 'pair';
      if (store.add(entry)) await store.flush();
    }
    if (!hasPair) rejected++;
  }
  return rejected;
}

const rowsOf = (stretch: Stretch): readonly Row[] => (stretch.kind === 'rows' ? stretch.rows : []);

/**
 * Stretches with names wait until there are enough rows to ask for all at once; others go on, for
 * rows that wait burden the memory.
 */
async function* batches(stretches: AsyncIterable<Stretch>): AsyncGenerator<Stretch[]> {
  let batch: Stretch[] = [];
  let rows = 0;
  for await (const stretch of stretches) {
    batch.push(stretch);
    rows += stretch.count;
    const waits = batch.length > 1 || rowsOf(stretch).some(hasName);
    if (waits && rows < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
}
