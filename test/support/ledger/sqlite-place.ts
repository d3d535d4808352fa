import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a ledger can be, gone after use. */
export interface LedgerPlace extends AsyncDisposable {
  /** As `openLedger` takes it. */
  readonly place: string;
  /** Keeps everybody from writing for some milliseconds: a restart of the server, a locked file. */
  lose(forMs: number): Promise<void>;
}

/** Makes room for a ledger in a file. */
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
