import { rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';
import { type Copied, copyLedger, replaceLedger } from '../../ledger/sqlite/copy.ts';
import { isThere } from '../../platform/file-exists.ts';
import { makePrivateFolder } from '../../platform/private-files.ts';
import { claim } from '../../redis/embedded/directory-lock.ts';
import { redisDirectory } from '../../redis/find-redis.ts';
import { requireReadable } from '../require-access.ts';
import { counted } from '../terminal/plural.ts';

type Print = (line: string) => void;

/**
 * Copies the ledger into a file, while others work on it.
 *
 * @throws Problem when there is none, or the file exists or cannot be written
 */
export async function backup(config: Config, file: string, print: Print): Promise<void> {
  refusePostgres(config);
  const path = ledgerPlace(config);
  requireThere(path, 'Set DATA_DIR to where it lies.');
  if (isThere(file)) {
    throw new Problem(`${file} exists already.`, 'Name another file; a backup overwrites none.');
  }
  requireThere(dirname(resolve(file)), 'Make that folder first, or name another one.');
  const copied = await orProblem(file, () => copyLedger(path, resolve(file)));
  print(`${file}: ${describe(copied)}, ${counted(copied.bytes, 'byte')}`);
}

/**
 * Puts a backup in the place of the ledger, which is kept aside.
 *
 * @throws Problem when a process works on the ledger, or the file is no ledger for this program
 */
export async function restore(config: Config, file: string, print: Print): Promise<void> {
  refusePostgres(config);
  requireThere(file, 'Name a file that backup made.');
  if (!statSync(file).isFile()) {
    throw new Problem(`${file} is not a file.`, 'Name a file that backup made.');
  }
  requireReadable(file);
  const path = ledgerPlace(config);
  const redis = redisDirectory(config.dataDir);
  makePrivateFolder(redis);
  // Nobody begins to work on it meanwhile.
  const release = claim(redis);
  const copy = join(config.dataDir, 'ledger.db.restoring');
  try {
    const copied = await orProblem(path, () => copyLedger(resolve(file), copy));
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const aside = join(config.dataDir, `ledger-before-${time}.db`);
    const hadOne = replaceLedger(path, copy, aside);
    print(`Restored ${file}: ${describe(copied)}.`);
    if (hadOne) print(`The ledger from before lies at ${aside}.`);
    if (copied.running > 0) {
      print(`${counted(copied.running, 'import')} will go on when a program works on the ledger.`);
    }
  } finally {
    rmSync(copy, { force: true });
    release();
  }
}

/** @throws Problem when the ledger is none of ours to copy */
function refusePostgres({ ledgerUrl }: Config): void {
  if (ledgerUrl === undefined) return;
  throw new Problem(
    'The ledger is in Postgres (LEDGER_URL); backup and restore are for the ledger in DATA_DIR.',
    'Use the means of Postgres: pg_dump and pg_restore.',
  );
}

const describe = ({ imports }: Copied): string => counted(imports, 'import');

function requireThere(path: string, remedy: string): void {
  if (!isThere(path)) throw new Problem(`There is nothing at ${path}.`, remedy);
}

async function orProblem<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof Error && ('syscall' in cause || 'errcode' in cause))) throw cause;
    const folder = dirname(resolve(path));
    throw new Problem(
      `The copy cannot be written into ${folder} (${cause.message}).`,
      'Check that the folder is there, its permissions and the space on the disk.',
      { cause },
    );
  }
}
