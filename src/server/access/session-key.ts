import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../../messages/problems.ts';
import {
  hasCode,
  makeFolder,
  makePrivate,
  writePrivateFile,
} from '../../platform/private-files.ts';

const KEY_BYTES = 32;

/**
 * @returns the key that signs session cookies, created at the first start and stored in `DATA_DIR`.
 * A key of another length, for example cut off by a full disk, is replaced: it could be guessed and
 * used to sign a session of an administrator. Users must log in again then
 * @throws Problem when it cannot be read or written
 */
export function sessionKey(dataDir: string): Buffer {
  const path = join(dataDir, 'session.key');
  try {
    makeFolder(dataDir);
    makePrivate(path);
    const kept = read(path);
    if (kept?.length === KEY_BYTES) return kept;
    // When two processes start at once, the key that is written first is used.
    writePrivateFile(path, randomBytes(KEY_BYTES), kept === undefined ? 'keep' : 'replace');
    const made = read(path);
    if (made?.length === KEY_BYTES) return made;
    throw new Error(`it has ${made?.length ?? 0} bytes`);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw problem('session_key_unsaved', { path, said }, { cause: error });
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
