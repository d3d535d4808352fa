import type { Config } from '../../config/config.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import { exportPerson } from '../../records/export-person.ts';
import type { Streams } from '../terminal/terminal.ts';
import { requirePerson } from './person-argument.ts';

/**
 * Prints everything that is stored about a person, as one JSON object.
 *
 * @param user an id or an e-mail address
 */
export async function exportUser(config: Config, user: string, { stdout }: Streams): Promise<void> {
  await using db = await openExistingLedger(config);
  const person = await requirePerson(db, user);
  stdout.write(`${JSON.stringify(await exportPerson(db, config.dataDir, person), null, 2)}\n`);
}
