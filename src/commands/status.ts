import type { Config } from '../config.ts';
import { parseFormat } from '../csv/format.ts';
import { countPending, type Import, shownState } from '../domain/import.ts';
import { importWait } from '../domain/import-wait.ts';
import { openExistingLedger } from '../ledger/find-ledger.ts';
import { findWaitingGroups } from '../ledger/group-waits.ts';
import { readHold } from '../ledger/holds.ts';
import { countInFlight, isInFlightElsewhere } from '../ledger/in-flight.ts';
import type { Db } from '../ledger/schema.ts';
import { readTallies } from '../ledger/tallies.ts';
import { remedyFor } from '../portal/remedy.ts';
import { describeInFlight } from './describe-in-flight.ts';
import { describeGroups, describeWait } from './describe-wait.ts';
import { lookAtBudget } from './look-at-budget.ts';
import { outcomeTable } from './outcome-table.ts';
import { requireImport } from './require-import.ts';
import { printTo, type Streams } from './terminal.ts';
import { describeFormat } from './understood.ts';

/** So many groups that wait are named. */
const FIRST_GROUPS = 10;
/** Where nobody knows, nothing keeps it waiting. */
const FREE = { waitMs: 0, waitFor: 'requests' } as const;

/** What an import that runs waits for, and which of its groups wait. */
async function waitLines(
  db: Db,
  config: Config,
  parent: Import,
  inFlight: number,
): Promise<string[]> {
  const { id, portal } = parent;
  const pending = countPending(await readTallies(db, id));
  const groups = await findWaitingGroups(db, id, FIRST_GROUPS);
  const budget = await lookAtBudget(config, parent, pending);
  const isElsewhere = inFlight === 0 && (await isInFlightElsewhere(db, id, portal));
  const known = typeof budget === 'string' ? FREE : budget;
  const facts = { now: Date.now(), pending, hold: undefined, groups, isElsewhere };
  const wait = importWait({ ...facts, budget: known });
  return [
    ...(typeof budget === 'string' ? budget.split('\n') : []),
    ...(wait === undefined ? [] : [describeWait(wait)]),
    ...(groups === undefined ? [] : describeGroups(groups)),
  ];
}

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
    } else if (found.state === 'running') {
      for (const line of await waitLines(db, config, found, inFlight)) print(`  ${line}`);
    }
    const format = parseFormat(found.format);
    if (format !== undefined) print(`  ${describeFormat(format)}`);
    print(outcomeTable(await readTallies(db, found.id), found));
  } finally {
    await db.destroy();
  }
}
