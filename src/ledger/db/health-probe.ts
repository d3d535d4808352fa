import { statSync } from 'node:fs';
import { touchLedger } from './identity.ts';
import type { Db } from './schema.ts';

/** Whether a ledger can be written now. */
export type LedgerProbe = () => Promise<boolean>;

/**
 * Creates a probe of an open ledger. The probe writes, because a disk that is full or became
 * read-only still serves reads. It also checks the file, because SQLite continues to write to a file
 * that was deleted or replaced, and those records are lost when the process ends.
 *
 * @param path of the SQLite file; the URL of a Postgres database matches no file, so that only the
 * write counts
 */
export function ledgerProbe(db: Db, path: string): LedgerProbe {
  const opened = fileAt(path);
  return async () => {
    if (fileAt(path) !== opened) return false;
    try {
      await touchLedger(db);
      return true;
    } catch {
      return false;
    }
  };
}

/** @returns an identifier of the file (device and inode); undefined when there is none */
function fileAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev}/${found.ino}`;
}
