import type { Import, ImportState } from '../../domain/imports/import.ts';
import { importWait } from '../../domain/imports/import-wait.ts';
import { visibleLine } from '../../domain/text/visible-text.ts';
import type { QuietHours } from '../../domain/time/quiet-hours.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findWaitingGroups } from '../../ledger/delivery/group-waits.ts';
import type { Hold } from '../../ledger/delivery/holds.ts';
import { isInFlightElsewhere } from '../../ledger/delivery/in-flight.ts';
import { remedyFor } from '../../portal/http/remedy.ts';
import type { BudgetReader } from '../run/budget-reader.ts';
import { summarizeInFlight } from './describe-in-flight.ts';
import { describeGroup, describeWait } from './describe-wait.ts';

export interface ImportStanding {
  state: ImportState;
  inFlight: number;
  /** Those of `inFlight` that the portal's answer did not name. */
  leftOut: number;
  pending: number;
  hold: Hold | undefined;
}

/** @returns what blocks the import, as text; undefined when nothing does */
export async function importNotice(
  db: Db,
  parent: Import,
  standing: ImportStanding,
  budget: BudgetReader,
  quietHours?: QuietHours,
): Promise<string | undefined> {
  const { state, inFlight, leftOut, hold } = standing;
  switch (state) {
    case 'paused':
    case 'cancelled':
      return state;
    case 'pausing':
    case 'cancelling':
      return `${state}, ${summarizeInFlight(inFlight, leftOut)}`;
    case 'held':
      return hold && visibleLine(`held: ${hold.code} ${hold.description} – ${remedyFor(hold)}`);
    case 'running':
      return waitNotice(db, parent, standing, budget, quietHours);
    case 'reading':
    case 'ready':
    case 'finished':
      return undefined;
    default:
      return state satisfies never;
  }
}

async function waitNotice(
  db: Db,
  { id, portal }: Import,
  { pending, inFlight, leftOut }: ImportStanding,
  reader: BudgetReader,
  quietHours: QuietHours | undefined,
): Promise<string | undefined> {
  const budget = reader.latest(performance.now(), pending);
  if (typeof budget === 'string') return budget;
  const groups = await findWaitingGroups(db, id, 1);
  const mayBeElsewhere = inFlight === 0 && pending > 0;
  const isElsewhere = mayBeElsewhere && (await isInFlightElsewhere(db, id, portal));
  const now = Date.now();
  const quietUntil = pending > inFlight ? quietHours?.quietUntil(now) : undefined;
  const facts = { now, pending, hold: undefined, groups, isElsewhere, quietUntil };
  const wait = importWait({ ...facts, budget });
  const [group] = groups?.first ?? [];
  if (wait?.reason === 'groups' && group !== undefined) return describeGroup(group);
  if (wait !== undefined) return describeWait(wait);
  if (inFlight !== pending || pending === 0) return undefined;
  return inFlight > leftOut
    ? `${summarizeInFlight(inFlight, leftOut)}, waiting for the portal’s answer`
    : `${summarizeInFlight(inFlight, leftOut)}, looking up the reasons`;
}
