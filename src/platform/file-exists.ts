import { statSync } from 'node:fs';
import { explainFileError } from '../domain/errors/file-error.ts';

/**
 * @returns whether there is a file or folder at the path
 * @throws Problem when this user may not know, as in a folder that belongs to somebody else
 */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw explainFileError(error);
  }
}
