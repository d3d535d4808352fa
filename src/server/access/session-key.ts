import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../domain/errors/problem.ts';
import {
  hasCode,
  makeFolder,
  makePrivate,
  writePrivateFile,
} from '../../platform/private-files.ts';

const KEY_BYTES = 32;

/**
 * @returns the key that signs the cookies of sessions, made at the first start and kept under
 * `DATA_DIR`. One of another length, as a full disk leaves it, is replaced: whoever knew it could sign
 * for an administrator. People log in again then
 * @throws Problem when it cannot be read or written
 */
export function sessionKey(dataDir: string): Buffer {
  const path = join(dataDir, 'session.key');
  try {
    makeFolder(dataDir);
    makePrivate(path);
    const kept = read(path);
    if (kept?.length === KEY_BYTES) return kept;
    // Of two processes that start at once, the first to be done has it.
    writePrivateFile(path, randomBytes(KEY_BYTES), kept === undefined ? 'keep' : 'replace');
    const made = read(path);
    if (made?.length === KEY_BYTES) return made;
    throw new Error(`it has ${made?.length ?? 0} bytes`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `The session key ${path} cannot be stored: ${why}.`,
      'Free disk space, or make the folder writable for the user of the program.',
      { cause: error },
    );
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
