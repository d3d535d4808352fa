import type { Forecast, Forecaster } from '../domain/time/forecast.ts';
import { insertEarlierRelations } from '../ledger/checks/earlier-relations.ts';
import { insertGroupChecks } from '../ledger/checks/group-checks.ts';
import type { Db } from '../ledger/db/schema.ts';
import { DistinctUsers } from '../ledger/external-sort/distinct-users.ts';
import { readGroupPairs, readKeys } from '../ledger/pairs/pair-keys.ts';
import type { PortalClient } from '../portal/http/client.ts';
import type { CheckOptions } from './check-options.ts';
import { GroupCount } from './group-finding.ts';
import { GroupReader } from './group-reader.ts';

/** Enough for full requests, but not more groups than memory should hold with all their people. */
const GROUPS_AT_ONCE = 200;

/** Result of reading the groups, besides what is recorded for each. */
export interface GroupsFound {
  invitations: { pairs: number; people: number };
  forecast: Forecast;
  /** Whether the webhook may read the people of a group. */
  shown: boolean;
}

/**
 * Reads every group of an import, compares its people with those of the file, and records the counts and who
 * is invited already. Runs after the check of the people, because users who do not exist cannot be invited.
 */
export async function checkGroups(
  db: Db,
  client: PortalClient,
  importId: number,
  forecaster: Forecaster,
  { onProgress, ...options }: CheckOptions,
): Promise<GroupsFound> {
  const reader = new GroupReader(client, options);
  const { callerId } = client.webhook;
  using notified = new DistinctUsers();
  let [done, pairs] = [0, 0];
  for await (const groups of readGroupPairs(db, importId, GROUPS_AT_ONCE)) {
    const findings = await reader.read(groups.map(({ id }) => id));
    const counts = new Map(
      groups.map((group) => {
        const finding = findings.get(group.id) ?? { kind: 'invisible' };
        return [group.id, new GroupCount(group, finding, callerId)];
      }),
    );
    const [first, last] = [groups[0]?.id ?? 0, groups.at(-1)?.id ?? 0];
    for await (const keys of readKeys(db, importId, { first, last }, options)) {
      for (const key of keys) {
        if (counts.get(key.groupId)?.add(key)) notified.add(key.userId);
      }
      const pending = keys.filter(({ groupId, userId }) => counts.get(groupId)?.isPending(userId));
      await insertEarlierRelations(db, importId, pending);
    }
    const checked = [...counts.values()].map((count) => count.result());
    for (const group of checked) {
      forecaster.add(group);
      pairs += group.toInvite;
    }
    await insertGroupChecks(db, importId, checked);
    done += checked.length;
    onProgress?.({ what: 'groups', done });
  }
  const people = await notified.count(options.signal);
  return {
    invitations: { pairs, people },
    forecast: forecaster.forecast(),
    shown: reader.showsPeople,
  };
}
