import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** A location for a ledger; disposing removes it. */
export interface LedgerPlace extends AsyncDisposable {
  /** Argument of `openLedger`. */
  readonly place: string;
  /** Prevents all writes for some milliseconds: like a restart of the server or a locked file. */
  lose(forMs: number): Promise<void>;
}

/** Creates a folder for a ledger file. */
export function makeSqlitePlace(): LedgerPlace {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const place = join(folder, 'ledger.db');
  return {
    place,
    async lose(forMs) {
      using other = new DatabaseSync(place);
      other.exec('begin exclusive');
      await sleep(forMs);
    },
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, maxRetries: 5 }),
  };
}
