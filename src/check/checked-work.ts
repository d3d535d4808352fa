import type { GroupSummary } from '../domain/imports/import-check.ts';
import type { CheckedWork } from '../domain/time/expected-work.ts';
import { readCheck } from '../ledger/checks/check-store.ts';
import { summarizeGroups } from '../ledger/checks/group-checks.ts';
import type { Db } from '../ledger/db/schema.ts';

/** @param groups the totals over all groups of an import */
export function checkedWork(groups: GroupSummary): CheckedWork {
  const { count, pairs, invisible, toInvite, failing, unseen } = groups;
  const unseenPairs = count === 0 ? 0 : (pairs * invisible) / count;
  const toLookUp = Math.max(0, failing + unseen - unseenPairs);
  return { pairs, toInvite, toLookUp, unseenGroups: invisible };
}

/** @returns undefined when there is no check, or the webhook may not read what a check needs */
export async function readCheckedWork(db: Db, importId: number): Promise<CheckedWork | undefined> {
  const check = await readCheck(db, importId);
  if (check === undefined || check.notShown.length > 0) return undefined;
  return checkedWork(await summarizeGroups(db, importId));
}
