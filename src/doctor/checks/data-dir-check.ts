import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { finding, type SetUpFinding } from '../../messages/findings.ts';

export interface FolderFacts {
  readonly isFolder: boolean;
  readonly uid: number;
  readonly mode: number;
  readonly isWritable: boolean;
}

/** @param self id of the user who runs the program; undefined on systems without such ids */
export function checkDataDir(dataDir: string, self: number | undefined): SetUpFinding {
  const path = resolve(dataDir);
  try {
    return judgeDataDir(path, factsOf(path), self);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return checkAbove(path);
    return finding('data_dir_hidden', { path, said: String(error.code) });
  }
}

export function judgeDataDir(
  path: string,
  { isFolder, uid, mode: bits, isWritable }: FolderFacts,
  self: number | undefined,
): SetUpFinding {
  if (!isFolder) return finding('data_dir_no_folder', { path });
  const mode = (bits & 0o777).toString(8).padStart(4, '0');
  const owner = String(uid);
  const known = { path, owner, mode };
  if (!isWritable) return finding('data_dir_unwritable', { ...known, self: String(self) });
  if (self === undefined) return finding('data_dir_usable', known);
  if (uid !== self) return finding('data_dir_foreign', { path, owner, self: String(self) });
  if ((bits & 0o077) !== 0) return finding('data_dir_open', { path, mode });
  return finding('data_dir_usable', known);
}

function factsOf(path: string): FolderFacts {
  const found = statSync(path);
  const { uid, mode } = found;
  return { isFolder: found.isDirectory(), uid, mode, isWritable: isWritable(path) };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function checkAbove(path: string): SetUpFinding {
  const above = nearestFolder(path);
  return isWritable(above)
    ? finding('data_dir_new', { path })
    : finding('data_dir_impossible', { path, above });
}

/** @returns the path itself, or the nearest folder above it that exists */
export function nearestFolder(path: string): string {
  let folder = resolve(path);
  while (statSync(folder, { throwIfNoEntry: false }) === undefined && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
