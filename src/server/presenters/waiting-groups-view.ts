import type { WaitingGroups as KnownGroups } from '../../domain/imports/waiting-group.ts';
import { findGroupNames } from '../../ledger/checks/group-name-store.ts';
import type { Db } from '../../ledger/db/schema.ts';
import type { WaitingGroups } from '../schemas/import-schema.ts';

/** Maximum number of waiting groups that are listed. */
export const FIRST_GROUPS = 10;

/** @returns the groups that an import waits for, with their names where known */
export async function waitingGroupsView(
  db: Db,
  importId: number,
  { count, pairs, first }: KnownGroups,
): Promise<WaitingGroups> {
  const ids = [...new Set(first.map(({ id }) => id))];
  const names = await findGroupNames(db, importId, ids);
  return {
    ...{ count, pairs },
    first: first.map(({ since, nextTryAt, ...group }) => ({
      ...group,
      name: names.get(group.id) ?? null,
      since: since.toISOString(),
      nextTryAt: nextTryAt.toISOString(),
    })),
  };
}
