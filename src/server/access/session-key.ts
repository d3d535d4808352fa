import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../domain/problem.ts';

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
    mkdirSync(dataDir, { recursive: true });
    const kept = read(path);
    if (kept?.length === KEY_BYTES) return kept;
    makeKey(path, kept !== undefined);
    const made = read(path);
    if (made?.length === KEY_BYTES) return made;
    throw new Error(`it has ${made?.length ?? 0} bytes`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `The key of the sessions, ${path}, cannot be kept: ${why}.`,
      'Make room on its disk, or give the folder to whoever runs the program.',
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

/** Writes a new key beside the old one and puts it in its place when it is on the disk. */
function makeKey(path: string, isDamaged: boolean): void {
  const unfinished = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      const key = randomBytes(KEY_BYTES);
      for (let at = 0; at < KEY_BYTES; ) at += writeSync(file, key, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (isDamaged) renameSync(unfinished, path);
    // Of two processes that start at once, the first to be done has it.
    else linkSync(unfinished, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
