import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/database.ts';
import type { Db } from '../../src/ledger/schema.ts';

/** A ledger in a folder of its own, both gone after use. */
export interface TestLedger extends AsyncDisposable {
  readonly db: Db;
  readonly path: string;
}

/**
 * @example
 * await using ledger = await openTestLedger();
 */
export async function openTestLedger(): Promise<TestLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const path = join(folder, 'ledger.db');
  const db = await openLedger(path);
  return {
    db,
    path,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}
