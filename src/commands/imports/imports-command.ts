import type { Config } from '../../config/config.ts';
import { shownState } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { findLedger } from '../../ledger/db/find-ledger.ts';
import { countInFlight } from '../../ledger/delivery/in-flight.ts';
import { listImports } from '../../ledger/imports/import-store.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';

/** Lists all imports, newest first, one line each. */
export async function imports(config: Config, print: (line: string) => void): Promise<void> {
  const db = await findLedger(config);
  if (db === undefined) return print('No imports yet.');
  try {
    const rows = [['ID', 'STATE', 'ROWS', 'INVITED', 'PENDING', 'CREATED', 'PORTAL', 'FILE']];
    const inFlight = await countInFlight(db);
    for (const found of await listImports(db)) {
      const counts = countByOutcome(await readTallies(db, found.id));
      rows.push([
        String(found.id),
        shownState(found.state, { inFlight: inFlight.get(found.id) ?? 0, isHeld: false }),
        found.rows.toLocaleString('en'),
        counts.invited.toLocaleString('en'),
        counts.pending.toLocaleString('en'),
        found.createdAt.toISOString().slice(0, 16).replace('T', ' '),
        found.portal,
        found.fileName,
      ]);
    }
    if (rows.length === 1) return print('No imports yet.');
    const widths = rows[0]?.map((_, column) =>
      Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    for (const row of rows) {
      print(
        row
          .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
    }
  } finally {
    await db.destroy();
  }
}
