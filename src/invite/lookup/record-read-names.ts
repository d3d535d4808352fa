import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { insertGroupNames } from '../../ledger/checks/group-name-store.ts';
import { recordUserNames } from '../../ledger/checks/user-name-store.ts';
import type { Db } from '../../ledger/db/schema.ts';
import type { GroupView, UserView } from './group-relations.ts';

interface ReadViews {
  groups: ReadonlyMap<GroupId, GroupView>;
  users: ReadonlyMap<UserId, UserView>;
}

/** Stores the names of groups and people that were read to explain pairs: the results show them. */
export async function recordReadNames(
  tx: Db,
  importId: number,
  { groups, users }: ReadViews,
): Promise<void> {
  const people = [...users].flatMap(([id, view]) =>
    view.kind === 'exists' && view.name ? [{ id, name: view.name }] : [],
  );
  const named = [...groups].flatMap(([id, view]) =>
    view.kind === 'read' && view.group.name ? [[id, view.group.name] as const] : [],
  );
  await recordUserNames(tx, importId, people);
  await insertGroupNames(tx, importId, new Map(named));
}
