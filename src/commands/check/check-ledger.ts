import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../ledger/db/database.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { problem } from '../../messages/problems.ts';
import { makePrivateFolder } from '../../platform/private-files.ts';
import { claim } from '../../redis/embedded/directory-lock.ts';

/** A ledger that is deleted after use. */
export interface CheckLedger extends AsyncDisposable {
  readonly db: Db;
  /** Its folder, which also holds the other files of the check. */
  readonly folder: string;
}

/** Folders younger than this stay, in milliseconds: a check creates its folder and then claims it. */
const YOUNG_MS = 60_000;

/**
 * Opens a ledger for one check in its own folder, so that the check leaves no import behind.
 * Removes the folders of checks that were killed.
 *
 * @throws Problem when the ledger cannot be created there
 */
export async function openCheckLedger(dataDir: string): Promise<CheckLedger> {
  const home = join(dataDir, 'checks');
  await using stack = new AsyncDisposableStack();
  try {
    makePrivateFolder(home);
    sweep(home);
    const folder = mkdtempSync(join(home, 'check-'));
    stack.defer(() => rmSync(folder, { recursive: true, force: true }));
    stack.defer(claim(folder));
    const db = await openLedger(join(folder, 'ledger.db'));
    stack.defer(() => db.destroy());
    const opened = stack.move();
    return { db, folder, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw problem('check_folder', { path: home, said: cause.message }, { cause });
  }
}

function sweep(home: string): void {
  for (const name of readdirSync(home)) {
    const folder = join(home, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age < YOUNG_MS || isAtWork(folder)) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The operating system releases a claim when the process that holds it ends. */
function isAtWork(folder: string): boolean {
  try {
    claim(folder)();
    return false;
  } catch {
    return true;
  }
}
