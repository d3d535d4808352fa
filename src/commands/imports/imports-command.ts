import type { Config } from '../../config/config.ts';
import { shownState } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { findLedger } from '../../ledger/db/find-ledger.ts';
import { countInFlight } from '../../ledger/delivery/in-flight.ts';
import { listImports } from '../../ledger/imports/import-store.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { textTable } from '../terminal/text-table.ts';

const COLUMNS = ['ID', 'STATE', 'ROWS', 'INVITED', 'PENDING', 'CREATED', 'PORTAL', 'FILE'].map(
  (heading) => ({ heading, align: 'left' as const }),
);

/** Lists all imports, newest first, one line each. */
export async function imports(config: Config, print: (line: string) => void): Promise<void> {
  await using db = await findLedger(config);
  const found = db === undefined ? [] : await listImports(db);
  if (db === undefined || found.length === 0) return print('No imports yet.');
  const inFlight = await countInFlight(db);
  const rows: string[][] = [];
  for (const { id, state, rows: count, createdAt, portal, fileName } of found) {
    const { invited, pending } = countByOutcome(await readTallies(db, id));
    rows.push([
      String(id),
      shownState(state, { inFlight: inFlight.get(id) ?? 0, isHeld: false }),
      ...[count, invited, pending].map((number) => number.toLocaleString('en')),
      createdAt.toISOString().slice(0, 16).replace('T', ' '),
      ...[portal, fileName],
    ]);
  }
  for (const line of textTable(COLUMNS, rows)) print(line);
}
