import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isResultsFile } from '../files/results/recognize-results.ts';
import { explainFileError } from '../messages/file-error.ts';
import { problem } from '../messages/problems.ts';
import { isThere } from '../platform/file-exists.ts';

/** @throws Problem when the file cannot be read */
export function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw explainFileError(error);
  }
}

export interface OutputOptions {
  /** File that is read meanwhile and must not be overwritten. */
  input?: string | undefined;
  /** Replace any file. @default false */
  force?: boolean | undefined;
}

/**
 * Checks before the work that its results can be written to the given path. A missing folder is an
 * error, because it is probably mistyped. A file that is not a results file is not replaced.
 *
 * @param option name of the option, for the error
 * @throws Problem
 */
export function requireWritable(
  path: string,
  option: string,
  { input, force = false }: OutputOptions = {},
): void {
  const folder = dirname(resolve(path));
  if (!isThere(folder) || !statSync(folder).isDirectory()) {
    throw problem('output_folder', { path: folder, option });
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw problem('output_is_folder', { path, option });
  }
  const source = input === undefined ? undefined : statSync(input, { throwIfNoEntry: false });
  if (found !== undefined && found.ino === source?.ino && found.dev === source.dev) {
    throw problem('output_is_input', { path, option });
  }
  const isReplaced = found === undefined || found.isFile();
  if (found?.isFile() && found.size > 0 && !force && !isResultsFile(path)) {
    throw problem('output_exists', { path });
  }
  try {
    accessSync(isReplaced ? folder : path, constants.W_OK);
  } catch (error) {
    throw explainFileError(error);
  }
}
