import { basename, extname, join } from 'node:path';
import type { Config } from '../config.ts';
import { resultsCsv } from '../csv/results.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { openOriginals } from '../ingest/originals-of.ts';
import { readRecords } from '../ledger/records.ts';
import type { CheckLedger } from './check-ledger.ts';
import { writeWhole } from './results.ts';

/** @returns where a file's rejects go unless the person says otherwise */
export const defaultRejectsPath = (config: Config, file: string): string =>
  join(config.dataDir, 'results', `${basename(file, extname(file))}-rejects.csv`);

/**
 * Writes an import's rejects to a file, whole or not at all, with the other columns of their rows,
 * so that they can be mended and imported.
 *
 * @returns the file's absolute path
 * @throws Problem when it cannot be written
 */
export async function writeRejects(
  { db, folder }: CheckLedger,
  parent: Import,
  path: string,
): Promise<string> {
  await using originals = openOriginals(folder, parent);
  try {
    const rejects = readRecords(db, parent.id, { outcome: 'rejected' });
    return await writeWhole(resultsCsv(rejects, originals), path);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new Problem(
      `The rejects cannot be written to ${path} (${cause.message}).`,
      'Name another file with --rejects.',
      { cause },
    );
  }
}
