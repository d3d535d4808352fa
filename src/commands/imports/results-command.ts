import { randomUUID } from 'node:crypto';
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../config/config.ts';
import type { Import } from '../../domain/imports/import.ts';
import type { Delimiter } from '../../files/csv/delimiter.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import type { RecordFilter } from '../../ledger/results/read-records.ts';
import { problem } from '../../messages/problems.ts';
import { typed } from '../../platform/invocation.ts';
import { createPrivateFile, makeFolder } from '../../platform/private-files.ts';
import { formatOf, type ResultsFormat, resultsFile } from '../../records/results-file.ts';
import { requireWritable } from '../require-access.ts';
import { pour } from '../terminal/pipe-to-stdout.ts';
import { printTo, type Streams } from '../terminal/terminal.ts';
import { requireImport } from './find-import.ts';

type Pieces = AsyncIterable<string | Uint8Array>;

export interface ResultsOptions extends RecordFilter {
  /** Path of a file to write instead of stdout. */
  out?: string;
  /** Replace a file that is not a results file. */
  force?: boolean;
  /** @default by the ending of `out` */
  format?: ResultsFormat;
  /** Of a CSV. */
  delimiter?: Delimiter;
}

/**
 * Prints an import's results as CSV or as a workbook, or writes them to a file, because some shells change
 * redirected output. They include the file's own columns, so that a user can fix and import them
 * again.
 */
export async function results(
  config: Config,
  id: string,
  { out, force, format = formatOf(out ?? ''), ...options }: ResultsOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  if (out !== undefined) requireWritable(out, '--out', { force });
  else if (format === 'xlsx' && stdout.isTTY) throw problem('output_binary', { option: '--out' });
  await using db = await openExistingLedger(config);
  const found = await requireImport(db, id, printTo(stderr));
  const { dataDir } = config;
  const pieces = resultsFile(db, found, { ...options, dataDir, format });
  if (out === undefined) await pour(pieces, stdout);
  else printTo(stdout)(`Results: ${await writeOrExplain(pieces, found.id, out)}`);
}

/** @returns the default path for an import's results */
export function defaultResultsPath(config: Config, { id, fileName }: Import): string {
  const name = basename(fileName, extname(fileName));
  return join(config.dataDir, 'results', `${name}-${id}.csv`);
}

/**
 * Writes pieces to a file that only its owner can read, completely or not at all. Writes directly
 * to a path that is not a regular file, for example a device. A replaced file that other users
 * could read, as older versions wrote it, becomes private.
 *
 * @returns the file's absolute path
 * @throws the operating system's error when it cannot be written
 */
export async function writeWhole(pieces: Pieces, path: string): Promise<string> {
  const target = resolve(path);
  if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) {
    await pipeline(pieces, createWriteStream(target));
    return target;
  }
  // A name of its own: two processes can write the same results at the same time.
  const unfinished = join(dirname(target), `.${randomUUID()}.part`);
  makeFolder(dirname(target));
  try {
    createPrivateFile(unfinished);
    const file = createWriteStream(unfinished);
    // A stream that is still opening its file would create it again.
    const closed = new Promise<void>((done) => file.once('close', () => done()));
    await pipeline(pieces, file).finally(() => closed);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return target;
}

/**
 * Writes an import's results to a file, completely or not at all: a workbook if its name ends with
 * `.xlsx`, otherwise a CSV.
 *
 * @returns the file's absolute path
 * @throws Problem when it cannot be written
 */
export const writeResults = (
  db: Db,
  found: Import,
  { dataDir }: Pick<Config, 'dataDir'>,
  path: string,
): Promise<string> =>
  writeOrExplain(resultsFile(db, found, { dataDir, format: formatOf(path) }), found.id, path);

async function writeOrExplain(pieces: Pieces, importId: number, path: string): Promise<string> {
  try {
    return await writeWhole(pieces, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw problem(
      'results_unsaved',
      { path, said: cause.message, command: typed(`results ${importId} --out FILE.csv`) },
      { cause },
    );
  }
}
