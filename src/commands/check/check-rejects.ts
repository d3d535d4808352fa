import { lstatSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Import } from '../../domain/imports/import.ts';
import { problem } from '../../messages/problems.ts';
import { isThere } from '../../platform/file-exists.ts';
import { formatOf, resultsFile } from '../../records/results-file.ts';
import { writeWhole } from '../imports/results-command.ts';
import type { CheckLedger } from './check-ledger.ts';

const ENDING = '-rejects.csv';

type Place = Pick<Config, 'dataDir'>;

const rejectsFolder = ({ dataDir }: Place): string => join(dataDir, 'results');

/** @returns the default path for a file's rejects */
export const defaultRejectsPath = (config: Place, file: string): string =>
  join(rejectsFolder(config), `${basename(file, extname(file))}${ENDING}`);

/** @returns the paths of rejects in the default folder that were written before the given time */
export function oldRejects(config: Place, before: Date): string[] {
  const folder = rejectsFolder(config);
  if (!isThere(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => join(folder, name))
    .filter((path) => {
      const found = lstatSync(path, { throwIfNoEntry: false });
      return found?.isFile() === true && found.mtimeMs < before.getTime();
    });
}

/**
 * Writes an import's rejects to a file, completely or not at all, with the own columns of their
 * rows, so that a user can fix and import them.
 *
 * @returns the file's absolute path
 * @throws Problem when it cannot be written
 */
export async function writeRejects(
  { db, folder }: CheckLedger,
  parent: Import,
  path: string,
): Promise<string> {
  const rejects = resultsFile(db, parent, {
    ...{ dataDir: folder, outcome: 'rejected', format: formatOf(path) },
  });
  try {
    return await writeWhole(rejects, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw problem('rejects_unsaved', { path, said: cause.message }, { cause });
  }
}
