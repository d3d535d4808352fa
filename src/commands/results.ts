import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openExistingLedger } from '../app.ts';
import type { Config } from '../config.ts';
import { resultsCsv } from '../csv/results.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { type RecordFilter, readRecords } from '../ledger/records.ts';
import type { Db } from '../ledger/schema.ts';
import { requireImport } from './require-import.ts';

/** Prints an import's results as CSV. */
export async function results(
  config: Config,
  id: string,
  filter: RecordFilter,
  stdout: Writable,
): Promise<void> {
  const db = await openExistingLedger(config);
  try {
    const { id: importId } = await requireImport(db, id);
    await pipeline(resultsCsv(readRecords(db, importId, filter)), stdout, { end: false });
  } catch (error) {
    // `results 1 | head` is not an error.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  } finally {
    await db.destroy();
  }
}

/** @returns where an import's results go unless the person says otherwise */
export function defaultResultsPath(config: Config, { id, fileName }: Import): string {
  const name = basename(fileName, extname(fileName));
  return join(config.dataDir, 'results', `${name}-${id}.csv`);
}

/**
 * Writes an import's results to a file, whole or not at all.
 *
 * @returns the file's absolute path
 * @throws Problem when it cannot be written
 */
export async function writeResults(db: Db, importId: number, path: string): Promise<string> {
  const target = resolve(path);
  const unfinished = `${target}.part`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    await pipeline(resultsCsv(readRecords(db, importId)), createWriteStream(unfinished));
    renameSync(unfinished, target);
    return target;
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new Problem(
      `The results cannot be written to ${path} (${cause.message}).`,
      `Nothing is lost: bulk-invite results ${importId} > FILE.csv writes them again.`,
      { cause },
    );
  }
}
