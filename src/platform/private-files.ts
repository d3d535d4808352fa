import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/** Permission bits of users other than the owner. */
const OTHERS = 0o077;

/** Mode of a file that only its owner can read. */
export const PRIVATE_FILE = 0o600;

/** Creates a folder, with its parents, for its owner only. An existing folder stays as it is. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** As {@link makeFolder}, and removes other users' permissions from an existing folder of an older version. */
export function makePrivateFolder(path: string): void {
  makeFolder(path);
  makePrivate(path);
}

/**
 * Creates an empty file that only its owner can read. An existing file keeps its content and loses other users'
 * permissions; it is not opened, because closing it would release the locks of this process on it.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    makePrivate(path);
  }
}

/** Lets only the owner read or change a file or folder; that of another user stays as it is. */
export function makePrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & OTHERS) === 0) return;
  try {
    chmodSync(path, found.mode & ~OTHERS & 0o7777);
  } catch (error) {
    // Another owner, deleted meanwhile, or a disk without modes.
    if (!['EPERM', 'ENOENT', 'ENOTSUP', 'EROFS'].some((code) => hasCode(error, code))) throw error;
  }
}

/**
 * Writes a file that only its owner can read, completely or not at all, even after a power cut.
 *
 * @param ifThere what happens to an existing file: `replace` it, or `keep` it. With `keep`, a new file is empty
 * for a moment on a disk without hard links
 */
export function writePrivateFile(
  path: string,
  content: string | Uint8Array,
  ifThere: 'replace' | 'keep',
): void {
  const unfinished = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const file = openSync(unfinished, 'wx', PRIVATE_FILE);
    try {
      const bytes = Buffer.from(content);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (ifThere === 'replace') renameSync(unfinished, path);
    else nameNew(unfinished, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Gives a file its name, unless the name is in use. */
function nameNew(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw error;
    // Some disks have no hard links, such as exFAT and network shares: the name is reserved first.
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
    renameSync(unfinished, path);
  }
}

/** @returns whether the error has that system code. @example hasCode(error, 'ENOENT') */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
