import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Row, readRows } from './csv/rows.ts';
import { chunkSize } from './domain/chunk-size.ts';
import type { Outcome, Tally } from './domain/outcome.ts';
import { Problem } from './domain/problem.ts';
import { recordAudit } from './ledger/audit.ts';
import { divideIntoChunks } from './ledger/chunks.ts';
import { createImport, deleteImport, markReady } from './ledger/imports.ts';
import { MessageStore } from './ledger/messages.ts';
import { PairIntake } from './ledger/pair-intake.ts';
import { insertRowIssues } from './ledger/row-issues.ts';
import type { Db } from './ledger/schema.ts';
import { addToTallies, readPending } from './ledger/tallies.ts';

/** Rows per transaction: a commit waits for the disk, so there should not be too many. */
const ROWS_PER_COMMIT = 10_000;
/** A batch takes so many, and a command invites into one group. */
const COMMANDS_PER_REQUEST = 50;

export interface Source {
  /** As the person knows the file. */
  fileName: string;
  fileDigest: string;
  portal: string;
  message: string | null;
}

export interface IngestOptions {
  /** Requests in flight at once; small imports are divided so that each has something to do. */
  concurrency: number;
  /** Told after each commit. */
  onProgress?: (rows: number) => void;
}

/**
 * Reads a CSV into the ledger: afterwards the import is `ready`, each data row is a pair, a
 * duplicate or a reject, and the pairs are divided into chunks. When anything goes wrong nothing
 * of the import stays.
 *
 * @param bytes the file's content; memory does not grow with it
 * @returns the import's id
 * @throws Problem when the file cannot be understood or has no data rows
 */
export async function ingest(
  db: Db,
  source: Source,
  bytes: AsyncIterable<Uint8Array>,
  { concurrency, onProgress }: IngestOptions,
): Promise<number> {
  const importId = await createImport(db, source);
  try {
    const rows = await storeRows(db, importId, source.fileName, bytes, onProgress);
    if (rows === 0) {
      throw new Problem(
        `${source.fileName} has a header but no data rows.`,
        'Put one group and user per line below the header.',
      );
    }
    const size = chunkSize(await readPending(db, importId), concurrency);
    await divideIntoChunks(db, importId, { size, maxGroups: COMMANDS_PER_REQUEST });
    await db.transaction().execute(async (tx) => {
      await markReady(tx, importId, rows);
      const detail = `${source.fileName}, ${rows} rows`;
      await recordAudit(tx, { importId, actor: 'cli', action: 'import', detail });
    });
    return importId;
  } catch (error) {
    await deleteImport(db, importId);
    throw error;
  }
}

async function storeRows(
  db: Db,
  importId: number,
  fileName: string,
  bytes: AsyncIterable<Uint8Array>,
  onProgress: IngestOptions['onProgress'],
): Promise<number> {
  using intake = new PairIntake(importId);
  const messages = new MessageStore(importId);
  let seq = 0;
  for await (const rows of readRows(bytes, { fileName, batchSize: ROWS_PER_COMMIT })) {
    const first = seq + 1;
    await db
      .transaction()
      .execute((tx) => storeBatch(tx, importId, { intake, messages }, rows, first));
    seq += rows.length;
    onProgress?.(seq);
  }
  await intake.finish(db);
  return seq;
}

async function storeBatch(
  db: Db,
  importId: number,
  { intake, messages }: { intake: PairIntake; messages: MessageStore },
  rows: readonly Row[],
  firstSeq: number,
): Promise<void> {
  const texts = rows.flatMap((row) => (row.kind === 'pair' && row.message ? [row.message] : []));
  const numbers = await messages.number(db, texts);
  const pairs = [];
  const issues = [];
  const tally = new TallyCount();
  for (const [index, row] of rows.entries()) {
    const seq = firstSeq + index;
    if (row.kind === 'pair') {
      const message_id = row.message === undefined ? null : (numbers.get(row.message) ?? null);
      pairs.push({ seq, line: row.line, group_id: row.groupId, user_id: row.userId, message_id });
      continue;
    }
    tally.add('rejected', row.reason);
    issues.push({
      import_id: importId,
      seq,
      line: row.line,
      outcome: 'rejected' as const,
      reason: row.reason,
      detail: row.detail,
      group_cell: row.groupCell,
      user_cell: row.userCell,
    });
  }
  tally.add('pending', null, pairs.length);
  await intake.append(db, pairs);
  await insertRowIssues(db, issues);
  await addToTallies(db, importId, tally.list);
}

class TallyCount {
  readonly list: Tally[] = [];

  add(outcome: Outcome, reason: string | null, count = 1): void {
    this.list.push({ outcome, reason, count });
  }
}

/** @returns SHA-256 of a file's bytes, hex */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(path)) hash.update(block);
  return hash.digest('hex');
}
