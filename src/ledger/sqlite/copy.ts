import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { problem } from '../../messages/problems.ts';
import { createPrivateFile, makePrivate } from '../../platform/private-files.ts';
import { explainLedgerError } from '../db/database.ts';
import { readableSteps } from '../db/migrate.ts';
import type { Schema } from '../db/schema.ts';
import { storedImports } from '../imports/stored-import.ts';
import { sqliteDialect } from './sqlite.ts';

/** All pages in one step: SQLite restarts the copy when another connection writes between two steps. */
const ALL_PAGES = 2 ** 31 - 1;

export interface Copied {
  bytes: number;
  imports: number;
  /** Of those imports: how many continue as soon as a process works on them. */
  running: number;
}

/**
 * Copies a consistent snapshot of a ledger into a single file, completely or not at all. Other
 * processes can write in the meantime.
 *
 * @throws Problem when there is no ledger of this or an older version at `from`, or it is damaged
 */
export async function copyLedger(from: string, to: string): Promise<Copied> {
  const unfinished = `${to}.part`;
  try {
    // Not read-only: that would leave the WAL files behind.
    const source = new DatabaseSync(from);
    try {
      // Private before it has contents: copying takes a while.
      createPrivateFile(unfinished);
      await backup(source, unfinished, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
    requireSound(unfinished, from);
    const copied = await verifyCopy(unfinished, from);
    foldInto(unfinished);
    const { size: bytes } = statSync(unfinished);
    renameSync(unfinished, to);
    return { bytes, ...copied };
  } catch (error) {
    throw explainLedgerError(error, from);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  }
}

function requireSound(path: string, name: string): void {
  using file = new DatabaseSync(path, { readOnly: true });
  const found = file.prepare('pragma quick_check(1)').get();
  if (found?.quick_check === 'ok') return;
  throw problem('backup_damaged', { path: name });
}

async function verifyCopy(path: string, name: string): Promise<Omit<Copied, 'bytes'>> {
  await using db = new Kysely<Schema>({ dialect: sqliteDialect(path) });
  const steps = await readableSteps(db, undefined, name);
  if (steps.length === 0) throw problem('backup_empty', { path: name });
  const rows = await storedImports(db).execute();
  return { imports: rows.length, running: rows.filter(({ state }) => state === 'running').length };
}

/** Merges the WAL into the file: a separate log is easily left behind. */
function foldInto(path: string): void {
  using file = new DatabaseSync(path);
  file.exec('pragma journal_mode = delete');
}

/**
 * Replaces a ledger that no process has open with a copy. The old ledger is kept under another name.
 *
 * @param copy made by {@link copyLedger}, in the same folder
 * @param kept path for the old ledger
 * @returns whether there was a ledger before
 * @throws Problem when a process has it open
 */
export function replaceLedger(path: string, copy: string, kept: string): boolean {
  if (!existsSync(path)) {
    renameSync(copy, path);
    return false;
  }
  const release = lockExclusively(path);
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
      makePrivate(kept + suffix);
    }
    renameSync(copy, path);
  } finally {
    release();
  }
  return true;
}

/** @returns a function that releases the lock; @throws Problem when another process has it open */
function lockExclusively(path: string): () => void {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    // Leaving WAL mode needs an exclusive connection, and moves the log's contents into the file.
    file.exec('pragma journal_mode = delete');
    file.exec('begin exclusive');
    return () => file.close();
  } catch (error) {
    file.close();
    if (isBusy(error)) {
      throw problem('ledger_used', { path });
    }
    // Damaged: no process works on it, and it is to be replaced.
    return () => {};
  }
}
