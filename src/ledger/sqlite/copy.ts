import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Problem } from '../../domain/errors/problem.ts';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { createPrivateFile, makePrivate } from '../../platform/private-files.ts';
import { explainLedgerError } from '../db/database.ts';
import { readableSteps } from '../db/migrate.ts';
import type { Schema } from '../db/schema.ts';
import { storedImports } from '../imports/stored-import.ts';
import { sqliteDialect } from './sqlite.ts';

/** All pages in one step: SQLite begins again when somebody writes between two steps. */
const ALL_PAGES = 2 ** 31 - 1;

/** What a copy of a ledger holds. */
export interface Copied {
  bytes: number;
  imports: number;
  /** Of those: how many go on as soon as a program works on them. */
  running: number;
}

/**
 * Copies a ledger, as it stood at one moment, into one file of its own, whole or not at all. Others
 * may write meanwhile.
 *
 * @throws Problem when there is no ledger of this or an older version at `from`, or it is damaged
 */
export async function copyLedger(from: string, to: string): Promise<Copied> {
  const unfinished = `${to}.part`;
  try {
    // Not read-only: that would leave the files of the log behind.
    const source = new DatabaseSync(from);
    try {
      // Before anything is in it: copying takes a while.
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
  const file = new DatabaseSync(path, { readOnly: true });
  try {
    const found = file.prepare('pragma quick_check(1)').get();
    if (found?.quick_check === 'ok') return;
    throw new Problem(`${name} is damaged.`, 'Take another backup.');
  } finally {
    file.close();
  }
}

async function verifyCopy(path: string, name: string): Promise<Omit<Copied, 'bytes'>> {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(path) });
  try {
    const steps = await readableSteps(db, undefined, name);
    if (steps.length === 0) {
      throw new Problem(`${name} is empty, not a ledger.`, 'Name a file that backup made.');
    }
    const rows = await storedImports(db).execute();
    return {
      imports: rows.length,
      running: rows.filter(({ state }) => state === 'running').length,
    };
  } finally {
    await db.destroy();
  }
}

/** Puts all into one file: a log beside it is easily left behind. */
function foldInto(path: string): void {
  const file = new DatabaseSync(path);
  try {
    file.exec('pragma journal_mode = delete');
  } finally {
    file.close();
  }
}

/**
 * Puts a copy in the place of a ledger that nobody has open, which is kept aside.
 *
 * @param copy made by {@link copyLedger}, in the same folder
 * @returns whether there was a ledger before
 * @throws Problem when a process has it open
 */
export function replaceLedger(path: string, copy: string, aside: string): boolean {
  if (!existsSync(path)) {
    renameSync(copy, path);
    return false;
  }
  const release = holdAlone(path);
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
      makePrivate(aside + suffix);
    }
    renameSync(copy, path);
  } finally {
    release();
  }
  return true;
}

/** @returns what lets others in again; @throws Problem when somebody is in */
function holdAlone(path: string): () => void {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    // Leaving the log is possible only for whoever is alone; what is in it is in the file then.
    file.exec('pragma journal_mode = delete');
    file.exec('begin exclusive');
    return () => file.close();
  } catch (error) {
    file.close();
    if (isBusy(error)) {
      throw new Problem(`A process works on ${path}.`, 'End all of them, and restore then.');
    }
    // Damaged: nobody works on it, and it is to be replaced.
    return () => {};
  }
}
