import type { Clock } from '../../domain/time/clock.ts';
import { type Call, type CallResult, sendCalls } from '../http/batch.ts';
import type { PortalClient } from '../http/client.ts';
import type { SendOptions } from '../http/client-options.ts';
import { type PortalFailure, UNREADABLE } from '../http/failure.ts';
import { ACCOUNT_CALL, ADMIN_CALL, PLAN_CALL } from '../methods/caller-account.ts';
import { availabilityCall } from '../methods/method-availability.ts';
import { SCOPE } from '../methods/scopes.ts';
import { SERVER_TIME_CALL } from '../methods/server-time.ts';
import { CANCEL_INVITE, USER_TO_GROUP_LIST } from '../methods/user-to-group.ts';
import type { ProfileAnswers } from './portal-profile.ts';

/** Calls that every webhook may make. */
const CALLS: readonly Call[] = [
  ACCOUNT_CALL,
  ADMIN_CALL,
  { method: SCOPE, parameters: {} },
  PLAN_CALL,
  availabilityCall(USER_TO_GROUP_LIST),
  availabilityCall(CANCEL_INVITE),
  SERVER_TIME_CALL,
];

export type ProfileQueryResult =
  /** `more`: the results of the further calls, in their order. */
  | { ok: true; answers: ProfileAnswers; more: readonly CallResult[] }
  | { ok: false; failure: PortalFailure };

const MISSING: CallResult = { ok: false, failure: UNREADABLE };

/**
 * Reads who the webhook is and what its portal allows, in one request.
 *
 * @param more further calls for the same request. @default none
 * @returns the answers, of which each can be a failure; or the failure of the request as a whole
 */
export async function queryProfile(
  client: Pick<PortalClient, 'send' | 'webhook'>,
  options: SendOptions,
  clock: Clock,
  more: readonly Call[] = [],
): Promise<ProfileQueryResult> {
  const before = clock.now() / 1_000;
  const answer = await sendCalls(client, [...CALLS, ...more], options);
  const after = clock.now() / 1_000;
  if (!answer.ok) return answer;
  const [account, admin, scopes, plan, list, cancel, serverTime, ...rest] = answer.results;
  const answers: ProfileAnswers = {
    ...{ account: account ?? MISSING, admin: admin ?? MISSING, scopes: scopes ?? MISSING },
    ...{ plan: plan ?? MISSING, serverTime: serverTime ?? MISSING, before, after },
    methods: { [USER_TO_GROUP_LIST]: list ?? MISSING, [CANCEL_INVITE]: cancel ?? MISSING },
  };
  return { ok: true, answers, more: rest };
}
