import { statSync } from 'node:fs';
import { explainFileError } from '../messages/file-error.ts';

/**
 * @returns whether there is a file or folder at the path
 * @throws Problem when this user has no permission to read that, as in another user's folder
 */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw explainFileError(error);
  }
}
