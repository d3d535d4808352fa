import type { GroupId, UserId } from '../domain/pairs/ids.ts';
import { recordUserNames } from '../ledger/checks/user-name-store.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { GroupCells } from '../ledger/pairs/group-cells.ts';
import type { ImportEmails } from '../ledger/pairs/import-emails.ts';
import type { FoundName } from './entries.ts';

/** What the names in cells mean, by the names. */
export interface FoundNames {
  readonly groups: ReadonlyMap<string, FoundName<GroupId>>;
  readonly users: ReadonlyMap<string, FoundName<UserId>>;
}

/** Stores which groups and users the names in a file mean, and the names of these users. */
export async function keepNames(
  tx: Db,
  importId: number,
  { groups, users }: FoundNames,
  stores: { groups: GroupCells; emails: ImportEmails },
): Promise<void> {
  const people = [...users.values()].flatMap(({ id, name }) =>
    name === undefined ? [] : [{ id, name }],
  );
  await stores.groups.keep(tx, idsByName(groups));
  await stores.emails.keep(tx, idsByName(users));
  await recordUserNames(tx, importId, people);
}

const idsByName = <Id>(found: ReadonlyMap<string, FoundName<Id>>): Map<string, Id> =>
  new Map([...found].map(([text, { id }]) => [text, id]));
