import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../domain/errors/problem.ts';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { problemOf } from '../../messages/problems.ts';
import { createPrivateFile, writePrivateFile } from '../../platform/private-files.ts';

const OWNER = 'owner';

/** Another process holds the lock. */
export class InUse extends Problem {}

/**
 * Locks the directory for this process. The lock is SQLite's on an empty database: the system
 * itself releases it when its holder dies, so there are no stale locks and a reused process id
 * does no harm.
 *
 * @returns a function that releases the lock; calling it again does nothing
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
    throw new InUse(...problemOf('redis_in_use', { folder: directory, pid: holder ?? '' }));
  }
  return () => {
    if (!lock.isOpen) return;
    rmSync(join(directory, OWNER), { force: true });
    lock.close();
  };
}

/** Writes down the holder of the lock and its server, for people to read; the lock works without it. */
export function sign(directory: string, server: number | string | undefined): void {
  writePrivateFile(join(directory, OWNER), `${process.pid} ${server ?? ''}`, 'replace');
}

/** @returns the holder of the lock and its server, as far as they are written down */
export function readOwner(directory: string): {
  holder: string | undefined;
  server: string | undefined;
} {
  const path = join(directory, OWNER);
  const [holder, server] = existsSync(path) ? readFileSync(path, 'utf8').split(' ') : [];
  return { holder, server };
}
