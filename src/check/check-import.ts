import type { ImportCheck } from '../domain/imports/import-check.ts';
import { mayChangeTexts } from '../domain/portal/plan.ts';
import { mayBeFiltered } from '../domain/text/filtered-text.ts';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';
import { expectedWork } from '../domain/time/expected-work.ts';
import { type Forecast, forecast as forecastWork } from '../domain/time/forecast.ts';
import type { QuietHours } from '../domain/time/quiet-hours.ts';
import { pairsPerRequest } from '../domain/time/work-left.ts';
import { forgetCheck, recordCheck } from '../ledger/checks/check-store.ts';
import { summarizeGroups } from '../ledger/checks/group-checks.ts';
import type { Db } from '../ledger/db/schema.ts';
import { NO_CHUNKS, readChunksLeft } from '../ledger/delivery/chunks-left.ts';
import { countRowTexts, countTexts } from '../ledger/pairs/message-store.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { INVITE } from '../portal/methods/invite.ts';
import { budgetOutlook } from './budget-outlook.ts';
import { checkGroups } from './check-groups.ts';
import type { CheckOptions } from './check-options.ts';
import { checkPeople } from './check-people.ts';
import { checkedWork } from './checked-work.ts';
import { RunningWork } from './running-work.ts';

/** Dependencies of a check. */
export interface CheckWork {
  readonly db: Db;
  readonly client: PortalClient;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default none */
  readonly quietHours?: QuietHours | undefined;
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
  { db, client, clock = SYSTEM_CLOCK, quietHours }: CheckWork,
  importId: number,
  options: CheckOptions = {},
): Promise<ImportCheck> {
  const { callerId } = client.webhook;
  const known = await client.profile.get(options.signal);
  // Somebody who was not allowed to invite may have become an administrator meanwhile.
  const isStale = known.isAdmin === false;
  const { isAdmin, plan } = isStale ? await client.profile.renew(options.signal) : known;
  await forgetCheck(db, importId);
  const { people, shown: showsUsers } = await checkPeople(db, client, importId, options);
  const caller = { id: callerId, isAdmin };
  const found = await checkGroups(db, client, importId, caller, options);
  const { invitations, shown: showsMembers } = found;
  const notShown = [...(showsMembers ? [] : ['socialnetwork']), ...(showsUsers ? [] : ['user'])];
  const filteredTexts = mayChangeTexts(plan) ? await countTexts(db, importId, mayBeFiltered) : 0;
  const checkedAt = new Date(clock.now());
  const working = await forecastOf(db, client, importId);
  const seconds =
    quietHours?.secondsWithRests(checkedAt.getTime(), working.seconds) ?? working.seconds;
  const forecast = { ...working, seconds };
  const check = { checkedAt, notShown, people, invitations, forecast, filteredTexts };
  await recordCheck(db, importId, check);
  return check;
}

/** Forecasts an import whose groups are checked, beside the imports that run. */
async function forecastOf(
  db: Db,
  { budget, webhook }: PortalClient,
  importId: number,
): Promise<Forecast> {
  const checked = checkedWork(await summarizeGroups(db, importId));
  const known = budgetOutlook(await budget.readView(INVITE, checked.pairs));
  const perRequest = pairsPerRequest(known.cost, known.allowance);
  const chunks = await readChunksLeft(db, [importId], perRequest);
  const texts = await countRowTexts(db, importId);
  const own = expectedWork(chunks.get(importId) ?? NO_CHUNKS, [], checked, texts);
  const others = await new RunningWork(db, webhook.portal).read(perRequest);
  others.delete(importId);
  return forecastWork({ ...known, own, others });
}
