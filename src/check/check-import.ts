import type { ImportCheck } from '../domain/imports/import-check.ts';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';
import { Forecaster } from '../domain/time/forecast.ts';
import { forgetCheck, recordCheck } from '../ledger/checks/check-store.ts';
import type { Db } from '../ledger/db/schema.ts';
import { MAX_COMMANDS } from '../portal/http/batch.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { MAX_USERS } from '../portal/methods/invite.ts';
import { checkGroups } from './check-groups.ts';
import type { CheckOptions } from './check-options.ts';
import { checkPeople } from './check-people.ts';

/** Dependencies of a check. */
export interface CheckWork {
  readonly db: Db;
  readonly client: PortalClient;
  /** @default the machine's */
  readonly clock?: Clock;
}

/**
 * Reads from the portal what would become of an import that has all its rows in the ledger. Calls only methods
 * that read: no one is invited. The findings replace those of an earlier check in the ledger; memory does not
 * grow with the file.
 *
 * @throws Problem when the portal as a whole refuses or cannot be reached
 * @throws the signal's reason when it aborts
 */
export async function checkImport(
  { db, client, clock = SYSTEM_CLOCK }: CheckWork,
  importId: number,
  options: CheckOptions = {},
): Promise<ImportCheck> {
  const { budget } = client;
  await forgetCheck(db, importId);
  const { people, shown: showsUsers } = await checkPeople(db, client, importId, options);
  const forecaster = new Forecaster({
    ...budget.limits,
    commandsPerRequest: MAX_COMMANDS,
    usersPerCommand: MAX_USERS,
    learnedCostSeconds: await budget.learnedCostSeconds(),
  });
  const found = await checkGroups(db, client, importId, forecaster, options);
  const { invitations, forecast, shown: showsMembers } = found;
  const notShown = [...(showsMembers ? [] : ['socialnetwork']), ...(showsUsers ? [] : ['user'])];
  const check = { checkedAt: new Date(clock.now()), notShown, people, invitations, forecast };
  await recordCheck(db, importId, check);
  return check;
}
