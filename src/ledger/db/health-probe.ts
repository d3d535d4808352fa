import { statSync } from 'node:fs';
import type { Db } from './schema.ts';

/** Whether a ledger could record something now. */
export type LedgerProbe = () => Promise<boolean>;

/**
 * Makes a probe of an open ledger. It writes, since a disk that is full or became read-only still
 * answers every read; and it looks for the file, since SQLite goes on in one that was deleted or
 * replaced, and all that it records is gone with the process.
 *
 * @param path of the SQLite file; the address of a database, which is no file, is never looked for
 */
export function ledgerProbe(db: Db, path: string): LedgerProbe {
  const opened = fileAt(path);
  return async () => {
    if (fileAt(path) !== opened) return false;
    try {
      await db
        .updateTable('ledger')
        .set((eb) => ({ id: eb.ref('id') }))
        .execute();
      return true;
    } catch {
      return false;
    }
  };
}

/** @returns a name for the very file, whatever its path; undefined when there is none */
function fileAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev}/${found.ino}`;
}
