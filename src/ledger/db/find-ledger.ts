import { join } from 'node:path';
import { problem } from '../../messages/problems.ts';
import { isThere } from '../../platform/file-exists.ts';
import { typed } from '../../platform/invocation.ts';
import { openLedger } from './database.ts';
import type { Db } from './schema.ts';

/** The configuration values that locate the ledger. */
export interface LedgerSettings {
  readonly dataDir: string;
  readonly ledgerUrl: string | undefined;
}

/** Where the ledger is: a Postgres database, or a file under `DATA_DIR`. */
export const ledgerPlace = ({ ledgerUrl, dataDir }: LedgerSettings): string =>
  ledgerUrl ?? join(dataDir, 'ledger.db');

/**
 * Opens the ledger for a command that only reads.
 *
 * @returns undefined when there is none yet; on Postgres an empty one is created
 * @throws Problem when this user lacks the permission to see the file, or it cannot be opened
 */
export async function findLedger(settings: LedgerSettings): Promise<Db | undefined> {
  const place = ledgerPlace(settings);
  if (settings.ledgerUrl === undefined && !isThere(place)) return undefined;
  return openLedger(place);
}

/** Opens the ledger for a command that needs one. @throws Problem when there is none */
export async function openExistingLedger(settings: LedgerSettings): Promise<Db> {
  const found = await findLedger(settings);
  if (found !== undefined) return found;
  throw problem('no_ledger', { ledger: ledgerPlace(settings), command: typed('run FILE.csv') });
}
