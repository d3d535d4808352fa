import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { createPrivateFile } from '../../platform/private-files.ts';

function open(directory: string): DatabaseSync {
  const path = join(directory, 'joined');
  createPrivateFile(path);
  return new DatabaseSync(path);
}

/**
 * Marks this process as a user of the Redis in the directory, which another process runs. The mark is
 * SQLite's shared lock on an empty database: the system releases it when its holder dies.
 *
 * @returns a function that removes the mark
 */
export function showJoined(directory: string): () => void {
  const lock = open(directory);
  lock.exec('BEGIN');
  lock.prepare('SELECT count(*) FROM sqlite_schema').get();
  return () => lock.close();
}

/** @returns whether a live process uses the Redis in the directory without running it */
export function haveJoined(directory: string): boolean {
  using lock = open(directory);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return false;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return true;
  }
}
