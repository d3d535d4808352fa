import type { Config } from '../../config/config.ts';
import { countPending, type Import, shownState } from '../../domain/imports/import.ts';
import { importWait } from '../../domain/imports/import-wait.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findWaitingGroups } from '../../ledger/delivery/group-waits.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import {
  countInFlight,
  countLeftOut,
  isInFlightElsewhere,
} from '../../ledger/delivery/in-flight.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { remedyFor } from '../../portal/http/remedy.ts';
import { describeFormat } from '../run/format-summary.ts';
import { readBudget } from '../run/read-budget.ts';
import { printTo, type Streams } from '../terminal/terminal.ts';
import { describeInFlight } from './describe-in-flight.ts';
import { describeGroups, describeWait } from './describe-wait.ts';
import { requireImport } from './find-import.ts';
import { outcomeTable } from './outcome-table.ts';
import { switchedOffHint } from './switched-off-hint.ts';

/** Maximum number of waiting groups that are named. */
const FIRST_GROUPS = 10;
/** Used when the budget is not known: no wait. */
const FREE = { waitMs: 0, waitFor: 'requests' } as const;

/** What a running import waits for, and which of its groups wait. */
async function waitLines(
  db: Db,
  config: Config,
  parent: Import,
  inFlight: number,
): Promise<string[]> {
  const { id, portal } = parent;
  const pending = countPending(await readTallies(db, id));
  const groups = await findWaitingGroups(db, id, FIRST_GROUPS);
  const budget = await readBudget(config, parent, pending);
  const isElsewhere = inFlight === 0 && (await isInFlightElsewhere(db, id, portal));
  const known = typeof budget === 'string' ? FREE : budget;
  const now = Date.now();
  const quietUntil = config.quietHours?.quietUntil(now);
  const facts = { now, pending, hold: undefined, groups, isElsewhere, quietUntil };
  const wait = importWait({ ...facts, budget: known });
  return [
    ...(typeof budget === 'string' ? budget.split('\n') : []),
    ...(wait === undefined ? [] : [describeWait(wait)]),
    ...(groups === undefined ? [] : describeGroups(groups)),
  ];
}

/** Shows one import: its state, its outcomes, and what blocks it. */
export async function status(
  config: Config,
  id: string,
  { stdout, stderr }: Streams,
): Promise<void> {
  const print = printTo(stdout);
  await using db = await openExistingLedger(config);
  const found = await requireImport(db, id, printTo(stderr));
  const hold = found.state === 'running' ? await readHold(db, found.portal) : undefined;
  const inFlight = (await countInFlight(db, [found.id])).get(found.id) ?? 0;
  const state = shownState(found.state, { inFlight, isHeld: hold !== undefined });
  print(`Import ${found.id} · ${found.fileName} → ${found.portal} · ${state}`);
  const leftOut = (await countLeftOut(db, [found.id])).get(found.id) ?? 0;
  for (const line of describeInFlight(inFlight, leftOut)) print(`  ${line}`);
  if (hold) {
    print(`  Held by the portal: ${hold.code} ${hold.description}`);
    print(`  ${remedyFor(hold)}`);
  } else if (found.state === 'running') {
    for (const line of await waitLines(db, config, found, inFlight)) print(`  ${line}`);
  }
  const format = parseFormat(found.format);
  if (format !== undefined) print(`  ${describeFormat(format)}`);
  const tallies = await readTallies(db, found.id);
  print([outcomeTable(tallies, found), ...switchedOffHint(tallies)].join('\n'));
}
