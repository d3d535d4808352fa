import { rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';
import { type Copied, copyLedger, replaceLedger } from '../../ledger/sqlite/copy.ts';
import { problem } from '../../messages/problems.ts';
import { isThere } from '../../platform/file-exists.ts';
import { makePrivateFolder } from '../../platform/private-files.ts';
import { claim } from '../../redis/embedded/directory-lock.ts';
import { redisDirectory } from '../../redis/find-redis.ts';
import { requireReadable } from '../require-access.ts';
import { counted } from '../terminal/plural.ts';

type Print = (line: string) => void;

/**
 * Copies the ledger into a file, while other processes work on it.
 *
 * @throws Problem when there is no ledger, or the file exists or cannot be written
 */
export async function backup(config: Config, file: string, print: Print): Promise<void> {
  refusePostgres(config);
  const path = ledgerPlace(config);
  requireThere(path, 'ledger');
  if (isThere(file)) {
    throw problem('backup_exists', { path: file });
  }
  requireThere(dirname(resolve(file)), 'folder');
  const copied = await orProblem(file, () => copyLedger(path, resolve(file)));
  print(`${file}: ${describe(copied)}, ${counted(copied.bytes, 'byte')}`);
}

/**
 * Replaces the ledger by a backup. The previous ledger is kept under another name.
 *
 * @throws Problem when a process works on the ledger, or the file is no ledger for this program
 */
export async function restore(config: Config, file: string, print: Print): Promise<void> {
  refusePostgres(config);
  requireThere(file, 'backup');
  if (!statSync(file).isFile()) {
    throw problem('backup_no_file', { path: file });
  }
  requireReadable(file);
  const path = ledgerPlace(config);
  const redis = redisDirectory(config.dataDir);
  makePrivateFolder(redis);
  // Prevents another process from opening the ledger meanwhile.
  const release = claim(redis);
  const copy = join(config.dataDir, 'ledger.db.restoring');
  try {
    const copied = await orProblem(path, () => copyLedger(resolve(file), copy));
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const previous = join(config.dataDir, `ledger-before-${time}.db`);
    const hadOne = replaceLedger(path, copy, previous);
    print(`Restored ${file}: ${describe(copied)}.`);
    if (hadOne) print(`The previous ledger is kept at ${previous}.`);
    if (copied.running > 0) {
      print(`${counted(copied.running, 'import')} will continue when a worker runs.`);
    }
  } finally {
    rmSync(copy, { force: true });
    release();
  }
}

/** @throws Problem when the ledger is in Postgres */
function refusePostgres({ ledgerUrl }: Config): void {
  if (ledgerUrl === undefined) return;
  throw problem('backup_postgres', {});
}

const describe = ({ imports }: Copied): string => counted(imports, 'import');

function requireThere(path: string, is: 'ledger' | 'folder' | 'backup'): void {
  if (!isThere(path)) throw problem('path_missing', { path, is });
}

async function orProblem<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof Error && ('syscall' in cause || 'errcode' in cause))) throw cause;
    throw problem(
      'backup_unsaved',
      { path: dirname(resolve(path)), said: cause.message },
      { cause },
    );
  }
}
