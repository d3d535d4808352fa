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

/** What others than the owner may do with a file. */
const OTHERS = 0o077;

/** Mode of a file that only its owner may read. */
export const PRIVATE_FILE = 0o600;

/** Creates a folder, with the folders above it, for its owner only. One that is there stays as it is. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** As {@link makeFolder}, and takes a folder that is there, made by an older version, from all others. */
export function makePrivateFolder(path: string): void {
  makeFolder(path);
  makePrivate(path);
}

/**
 * Creates an empty file that only its owner may read. One that is there keeps its content and is taken
 * from all others; it is not opened, since closing it would end the locks that this process has on it.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    makePrivate(path);
  }
}

/** Lets only the owner read or change what is there; what belongs to somebody else stays as it is. */
export function makePrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & OTHERS) === 0) return;
  try {
    chmodSync(path, found.mode & ~OTHERS & 0o7777);
  } catch (error) {
    // Of another owner, gone meanwhile, or on a disk that knows no modes.
    if (!['EPERM', 'ENOENT', 'ENOTSUP', 'EROFS'].some((code) => hasCode(error, code))) throw error;
  }
}

/**
 * Writes a file that only its owner may read, whole or not at all, also over a power cut.
 *
 * @param ifThere what becomes of a file of that name: `replace`, or `keep` the one that is there. A new
 * one is empty for a moment on a disk without hard links
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

/** Gives a file its name, unless another one has that. */
function nameNew(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw error;
    // Some disks know no hard links, as exFAT and network shares: the name is taken before.
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
    renameSync(unfinished, path);
  }
}

/** @returns whether the system says so. @example hasCode(error, 'ENOENT') */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
