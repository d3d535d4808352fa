import type { UserId } from '../domain/pairs/ids.ts';
import { insertEarlierRelations } from '../ledger/checks/earlier-relations.ts';
import { insertGroupChecks } from '../ledger/checks/group-checks.ts';
import { forgetUninvited } from '../ledger/checks/user-checks.ts';
import type { Db } from '../ledger/db/schema.ts';
import { DistinctUsers } from '../ledger/external-sort/distinct-users.ts';
import { readGroupPairs, readKeys } from '../ledger/pairs/pair-keys.ts';
import type { PortalClient } from '../portal/http/client.ts';
import type { CheckOptions } from './check-options.ts';
import { type Caller, GroupCount } from './group-finding.ts';
import { GroupReader } from './group-reader.ts';

/** Enough for full requests, but not more groups than memory should hold with all their people. */
const GROUPS_AT_ONCE = 200;

/** As many as a statement can name. */
const USERS_PER_PAGE = 5_000;

/** Result of reading the groups, besides what is recorded for each. */
export interface GroupsFound {
  invitations: { pairs: number; people: number };
  /** Whether the webhook may read the people of a group. */
  shown: boolean;
}

/**
 * Reads every group of an import, compares its people with those of the file, and records the counts and who
 * is a member, invited or banned already. People who get no invitation are no longer noted as dismissed or not notified. Runs after the check of the people, because users who do not exist cannot be invited.
 */
export async function checkGroups(
  db: Db,
  client: PortalClient,
  importId: number,
  caller: Caller,
  { onProgress, ...options }: CheckOptions,
): Promise<GroupsFound> {
  const reader = new GroupReader(client, caller, options);
  using notified = new DistinctUsers();
  // Also those of groups that could not be read.
  using possible = new DistinctUsers();
  let [done, pairs] = [0, 0];
  for await (const groups of readGroupPairs(db, importId, GROUPS_AT_ONCE)) {
    const findings = await reader.read(groups.map(({ id }) => id));
    const counts = new Map(
      groups.map((group) => {
        const finding = findings.get(group.id) ?? { kind: 'invisible' };
        return [group.id, new GroupCount(group, finding, caller)];
      }),
    );
    const [first, last] = [groups[0]?.id ?? 0, groups.at(-1)?.id ?? 0];
    for await (const keys of readKeys(db, importId, { first, last }, options)) {
      for (const key of keys) {
        const isInvited = counts.get(key.groupId)?.add(key);
        if (isInvited) notified.add(key.userId);
        if (isInvited || findings.get(key.groupId)?.kind === 'unread') possible.add(key.userId);
      }
      const related = keys.flatMap((key) => {
        const relation = counts.get(key.groupId)?.relationTo(key.userId);
        return relation === undefined ? [] : [{ ...key, relation }];
      });
      await insertEarlierRelations(db, importId, related);
    }
    const checked = [...counts.values()].map((count) => count.result());
    pairs += checked.reduce((sum, { toInvite }) => sum + toInvite, 0);
    await insertGroupChecks(db, importId, checked);
    done += checked.length;
    onProgress?.({ what: 'groups', done });
  }
  const people = await notified.count(options.signal);
  let after: UserId | undefined;
  for await (const page of possible.pages(USERS_PER_PAGE, options.signal)) {
    const upTo = page.at(-1);
    await forgetUninvited(db, importId, { after, upTo }, page);
    after = upTo;
  }
  await forgetUninvited(db, importId, { after, upTo: undefined }, []);
  return { invitations: { pairs, people }, shown: reader.showsPeople };
}
