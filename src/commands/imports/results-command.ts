import { createWriteStream, renameSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { Import } from '../../domain/imports/import.ts';
import { resultsCsv } from '../../files/results/results-csv.ts';
import { openOriginals } from '../../ingest/originals-of.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { type RecordFilter, readRecords } from '../../ledger/results/read-records.ts';
import { typed } from '../../platform/invocation.ts';
import { createPrivateFile, makeFolder } from '../../platform/private-files.ts';
import { requireWritable } from '../require-access.ts';
import { pour } from '../terminal/pipe-to-stdout.ts';
import { printTo, type Streams } from '../terminal/terminal.ts';
import { requireImport } from './find-import.ts';

export interface ResultsOptions extends RecordFilter {
  /** Path of a file to write instead of stdout. */
  out?: string;
}

/**
 * Prints an import's results as CSV, or writes them to a file, because some shells change
 * redirected output. Results of one outcome or reason include the other columns of the file, so
 * that a user can fix and import them again.
 */
export async function results(
  config: Config,
  id: string,
  { out, ...filter }: ResultsOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  if (out !== undefined) requireWritable(out, '--out');
  const db = await openExistingLedger(config);
  try {
    const found = await requireImport(db, id, printTo(stderr));
    const isPart = filter.outcome !== undefined || filter.reason !== undefined;
    await using originals = isPart ? openOriginals(config.dataDir, found) : undefined;
    const csv = resultsCsv(readRecords(db, found.id, filter), originals);
    if (out === undefined) await pour(csv, stdout);
    else printTo(stdout)(`Results: ${await writeOrExplain(csv, found.id, out)}`);
  } finally {
    await db.destroy();
  }
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
export async function writeWhole(pieces: AsyncIterable<string>, path: string): Promise<string> {
  const target = resolve(path);
  if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) {
    await pipeline(pieces, createWriteStream(target));
    return target;
  }
  const unfinished = `${target}.part`;
  makeFolder(dirname(target));
  createPrivateFile(unfinished);
  await pipeline(pieces, createWriteStream(unfinished));
  renameSync(unfinished, target);
  return target;
}

/**
 * Writes an import's results to a file, completely or not at all.
 *
 * @returns the file's absolute path
 * @throws Problem when it cannot be written
 */
export const writeResults = (db: Db, importId: number, path: string): Promise<string> =>
  writeOrExplain(resultsCsv(readRecords(db, importId)), importId, path);

async function writeOrExplain(
  csv: AsyncIterable<string>,
  importId: number,
  path: string,
): Promise<string> {
  try {
    return await writeWhole(csv, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new Problem(
      `The results cannot be written to ${path} (${cause.message}).`,
      `Nothing is lost. To write them to another file, type: ${typed(`results ${importId} --out FILE.csv`)}`,
      { cause },
    );
  }
}
