import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { explainFileError } from '../domain/errors/file-error.ts';
import { Problem } from '../domain/errors/problem.ts';
import { isThere } from '../platform/file-exists.ts';

/**
 * Checks that a file can be read.
 *
 * @throws Problem
 */
export function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw explainFileError(error);
  }
}

/**
 * Checks before the work that its results can be written to the given path. A missing folder is an
 * error, because it is probably mistyped.
 *
 * @param option name of the option, for the error
 * @param input file that is read meanwhile and must not be overwritten
 * @throws Problem
 */
export function requireWritable(path: string, option: string, input?: string): void {
  const folder = dirname(resolve(path));
  if (!isThere(folder) || !statSync(folder).isDirectory()) {
    throw new Problem(
      `The folder ${folder} for ${option} does not exist.`,
      'Create that folder first, or choose another one.',
    );
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new Problem(`${path} is a folder.`, `Name a file with ${option}.`);
  }
  const source = input === undefined ? undefined : statSync(input, { throwIfNoEntry: false });
  if (found !== undefined && found.ino === source?.ino && found.dev === source.dev) {
    throw new Problem(`${path} is the input file.`, `Name another file with ${option}.`);
  }
  const isReplaced = found === undefined || found.isFile();
  try {
    accessSync(isReplaced ? folder : path, constants.W_OK);
  } catch (error) {
    throw explainFileError(error);
  }
}
