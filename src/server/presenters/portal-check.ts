import type { Import } from '../../domain/imports/import.ts';
import type { PersonState } from '../../domain/imports/import-check.ts';
import { readCheck } from '../../ledger/checks/check-store.ts';
import { problemGroups, summarizeGroups } from '../../ledger/checks/group-checks.ts';
import { countUserChecks, readUserChecks } from '../../ledger/checks/user-checks.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findSwitchedOff } from '../../ledger/tallies/last-import.ts';
import type { PortalCheck } from '../schemas/review-schema.ts';

const FIRST_GROUPS = 50;
const FIRST_PEOPLE = 20;

/** @returns the result of an import's check; null when the check is not complete */
export async function portalCheck(
  db: Db,
  { id: importId, portal }: Pick<Import, 'id' | 'portal'>,
): Promise<PortalCheck | null> {
  const check = await readCheck(db, importId);
  if (check === undefined) return null;
  const { checkedAt, notShown, people, invitations, forecast, filteredTexts } = check;
  return {
    checkedAt: checkedAt.toISOString(),
    notShown: [...notShown],
    ...{ people, invitations, forecast, filteredTexts },
    switchedOffAfter: await findSwitchedOff(db, portal),
    groups: {
      ...(await summarizeGroups(db, importId)),
      first: await problemGroups(db, importId, FIRST_GROUPS),
    },
    missing: await noted(db, importId, 'missing'),
    dismissed: await noted(db, importId, 'dismissed'),
    unnotified: await noted(db, importId, 'unnotified'),
  };
}

async function noted(db: Db, importId: number, state: PersonState) {
  const count = await countUserChecks(db, importId, state);
  const first: PortalCheck['missing']['first'] = [];
  if (count === 0) return { count, first };
  for await (const { id, name } of readUserChecks(db, importId, state)) {
    first.push({ id, name });
    if (first.length === FIRST_PEOPLE) break;
  }
  return { count, first };
}
