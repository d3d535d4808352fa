import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../domain/errors/problem.ts';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { createPrivateFile, writePrivateFile } from '../../platform/private-files.ts';

const OWNER = 'owner';

/** Another process has made the claim. */
export class InUse extends Problem {}

/**
 * Makes this process the only one that may work in the directory. The lock is SQLite's on
 * an empty database: the system itself gives it up when its holder dies, so no stale lock has to
 * be recognized and no reused process id can deceive.
 *
 * @returns what gives the claim up, at the first call
 * @throws InUse
 */
export function claim(directory: string): () => void {
  const path = join(directory, 'lock');
  createPrivateFile(path);
  const lock = new DatabaseSync(path);
  try {
    lock.exec('BEGIN IMMEDIATE');
    sign(directory, readOwner(directory).server);
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const { holder } = readOwner(directory);
    // Nobody else locks it.
    const works =
      'Bulk Invite is running there; if it is `serve`, upload the file on its page or through its API.';
    throw new InUse(
      `${directory} is in use by ${holder ? `process ${holder}` : 'another process'}.`,
      `${works}\nOr stop it${holder ? ` (kill ${holder})` : ''}, or set DATA_DIR to another folder.`,
    );
  }
  return () => {
    if (!lock.isOpen) return;
    rmSync(join(directory, OWNER), { force: true });
    lock.close();
  };
}

/** For people, not for the lock: who holds the claim, and with which server. */
export function sign(directory: string, server: number | string | undefined): void {
  writePrivateFile(join(directory, OWNER), `${process.pid} ${server ?? ''}`, 'replace');
}

/** @returns who holds the claim, as far as it is written down */
export function readOwner(directory: string): {
  holder: string | undefined;
  server: string | undefined;
} {
  const path = join(directory, OWNER);
  const [holder, server] = existsSync(path) ? readFileSync(path, 'utf8').split(' ') : [];
  return { holder, server };
}
