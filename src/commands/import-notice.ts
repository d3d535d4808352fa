import type { Import, ImportState } from '../domain/import.ts';
import { importWait } from '../domain/import-wait.ts';
import { visibleLine } from '../domain/visible-text.ts';
import { findWaitingGroups } from '../ledger/group-waits.ts';
import type { Hold } from '../ledger/holds.ts';
import { isInFlightElsewhere } from '../ledger/in-flight.ts';
import type { Db } from '../ledger/schema.ts';
import { remedyFor } from '../portal/remedy.ts';
import type { BudgetLook } from './budget-look.ts';
import { describeGroup, describeWait } from './describe-wait.ts';

/** How an import stands. */
export interface Standing {
  state: ImportState;
  inFlight: number;
  pending: number;
  hold: Hold | undefined;
}

/** @returns what keeps the import from moving, in words; undefined when nothing does */
export async function importNotice(
  db: Db,
  parent: Import,
  standing: Standing,
  budget: BudgetLook,
): Promise<string | undefined> {
  const { state, inFlight, hold } = standing;
  switch (state) {
    case 'paused':
    case 'cancelled':
      return state;
    case 'pausing':
    case 'cancelling':
      return `${state}, ${inFlight.toLocaleString('en')} in flight`;
    case 'held':
      return (
        hold && visibleLine(`held: ${hold.code} ${hold.description} – ${remedyFor(hold.code)}`)
      );
    case 'running':
      return waitNotice(db, parent, standing, budget);
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
  { pending, inFlight }: Standing,
  look: BudgetLook,
): Promise<string | undefined> {
  const budget = look.latest(performance.now(), pending);
  if (typeof budget === 'string') return budget;
  const groups = await findWaitingGroups(db, id, 1);
  const mayBeElsewhere = inFlight === 0 && pending > 0;
  const isElsewhere = mayBeElsewhere && (await isInFlightElsewhere(db, id, portal));
  const facts = { now: Date.now(), pending, hold: undefined, groups, isElsewhere };
  const wait = importWait({ ...facts, budget });
  const [group] = groups?.first ?? [];
  if (wait?.reason === 'groups' && group !== undefined) return describeGroup(group);
  if (wait !== undefined) return describeWait(wait);
  return inFlight === pending && pending > 0
    ? `${inFlight.toLocaleString('en')} with the portal, its answers are awaited`
    : undefined;
}
