import type { Config } from '../config.ts';
import { parseFormat } from '../csv/format.ts';
import { shownState } from '../domain/import.ts';
import { openExistingLedger } from '../ledger/find-ledger.ts';
import { readHold } from '../ledger/holds.ts';
import { countInFlight } from '../ledger/in-flight.ts';
import { readTallies } from '../ledger/tallies.ts';
import { remedyFor } from '../portal/remedy.ts';
import { describeInFlight } from './describe-in-flight.ts';
import { outcomeTable } from './outcome-table.ts';
import { requireImport } from './require-import.ts';
import { printTo, type Streams } from './terminal.ts';
import { describeFormat } from './understood.ts';

/** Shows one import: where it stands, its outcomes, and what keeps it from moving. */
export async function status(
  config: Config,
  id: string,
  { stdout, stderr }: Streams,
): Promise<void> {
  const print = printTo(stdout);
  const db = await openExistingLedger(config);
  try {
    const found = await requireImport(db, id, printTo(stderr));
    const hold = found.state === 'running' ? await readHold(db, found.portal) : undefined;
    const inFlight = (await countInFlight(db, [found.id])).get(found.id) ?? 0;
    const state = shownState(found.state, { inFlight, isHeld: hold !== undefined });
    print(`Import ${found.id} · ${found.fileName} → ${found.portal} · ${state}`);
    if (inFlight > 0) print(`  ${describeInFlight(inFlight)}`);
    if (hold) {
      print(`  The portal is held: ${hold.code} ${hold.description}`);
      print(`  ${remedyFor(hold.code)}`);
    }
    const format = parseFormat(found.format);
    if (format !== undefined) print(`  ${describeFormat(format)}`);
    print(outcomeTable(await readTallies(db, found.id), found));
  } finally {
    await db.destroy();
  }
}
