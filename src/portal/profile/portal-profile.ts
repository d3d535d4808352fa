import type { UserId } from '../../domain/pairs/ids.ts';
import { type Plan, planOf } from '../../domain/portal/plan.ts';
import { clockOffset } from '../../domain/time/clock-reading.ts';
import type { CallResult } from '../http/batch.ts';
import { isAboutMethod } from '../http/failure.ts';
import type { Webhook } from '../http/webhook.ts';
import { readAccount, readIsAdmin, readPlan } from '../methods/caller-account.ts';
import { readAvailability } from '../methods/method-availability.ts';
import { readScopes } from '../methods/scopes.ts';
import { readServerTime } from '../methods/server-time.ts';
import { CANCEL_INVITE, USER_TO_GROUP_LIST } from '../methods/user-to-group.ts';

/** The undocumented methods that the program uses where they exist. */
export const OPTIONAL_METHODS = [USER_TO_GROUP_LIST, CANCEL_INVITE] as const;
export type OptionalMethod = (typeof OPTIONAL_METHODS)[number];

/** Who the webhook is and what its portal allows. Undefined: the portal does not report it. */
export interface PortalProfile {
  /** The webhook's user. */
  readonly callerId: UserId;
  readonly callerName: string | undefined;
  /** Whether the webhook's user is an administrator of the portal. */
  readonly isAdmin: boolean | undefined;
  readonly scopes: ReadonlySet<string> | undefined;
  readonly plan: Plan;
  /** The portal's own name for its plan. */
  readonly license: string | undefined;
  /** Whether the webhook can call these methods. */
  readonly methods: Readonly<Record<OptionalMethod, boolean | undefined>>;
  /** Seconds by which the portal's clock is ahead of ours, without what the way can explain. */
  readonly clockOffsetSeconds: number | undefined;
}

/** The answers to the calls of a profile. */
export interface ProfileAnswers {
  readonly account: CallResult;
  readonly admin: CallResult;
  readonly scopes: CallResult;
  readonly plan: CallResult;
  readonly methods: Readonly<Record<OptionalMethod, CallResult>>;
  readonly serverTime: CallResult;
  /** When the request left and when its answer came, in Unix seconds of our clock. */
  readonly before: number;
  readonly after: number;
}

type Caller = Pick<Webhook, 'callerId' | 'redact'>;

/** @returns the profile of a portal that has not answered, for a webhook of this user */
export const unknownProfile = (callerId: UserId): PortalProfile => ({
  callerId,
  callerName: undefined,
  isAdmin: undefined,
  scopes: undefined,
  plan: 'unknown',
  license: undefined,
  methods: { [USER_TO_GROUP_LIST]: undefined, [CANCEL_INVITE]: undefined },
  clockOffsetSeconds: undefined,
});

/**
 * Each call may have failed. What the portal does not have is unknown; what it only did not answer this time stays as it
 * was before.
 *
 * @param webhook its address has the user, and its code is removed from what the portal says
 * @param earlier what was known before. @default nothing
 */
export function profileOf(
  answers: ProfileAnswers,
  webhook: Caller,
  earlier: PortalProfile = unknownProfile(webhook.callerId),
): PortalProfile {
  const { account, admin, methods } = answers;
  const { callerId: id, callerName: name } = earlier;
  const caller = knownValue(account, readAccount, { id, name, isAdmin: undefined });
  const isAdmin = caller?.isAdmin ?? knownValue(admin, readIsAdmin, undefined);
  const redact = (text: string) => webhook.redact(text);
  const license = knownValue(answers.plan, readPlan, earlier.license);
  const scopes = knownValue(answers.scopes, readScopes, earlier.scopes);
  const there = portalTime(answers);
  return {
    callerId: caller?.id ?? webhook.callerId,
    callerName: caller?.name && redact(caller.name),
    isAdmin: isAdmin ?? ([account, admin].some(isUnanswered) ? earlier.isAdmin : undefined),
    scopes: scopes && new Set([...scopes].map(redact)),
    plan: planOf(license),
    license: license && redact(license),
    methods: {
      [USER_TO_GROUP_LIST]: isAvailable(USER_TO_GROUP_LIST, methods, earlier),
      [CANCEL_INVITE]: isAvailable(CANCEL_INVITE, methods, earlier),
    },
    clockOffsetSeconds:
      there === undefined
        ? knownValue(answers.serverTime, () => undefined, earlier.clockOffsetSeconds)
        : clockOffset({ ...answers, there }),
  };
}

/** Whether a call failed although the portal may have its method: another try may succeed. */
const isUnanswered = (result: CallResult): boolean => !result.ok && !isAboutMethod(result.failure);

/** Whether another reading may show more. */
export const isIncomplete = ({
  account,
  admin,
  scopes,
  plan,
  methods,
  serverTime,
}: ProfileAnswers) =>
  [account, admin, scopes, plan, serverTime, ...Object.values(methods)].some(isUnanswered);

function knownValue<T>(
  result: CallResult,
  reader: (result: unknown) => T | undefined,
  earlier: T | undefined,
): T | undefined {
  if (result.ok) return reader(result.result);
  return isUnanswered(result) ? earlier : undefined;
}

/** A portal without `method.get` has none of the undocumented methods either. */
function isAvailable(
  name: OptionalMethod,
  results: ProfileAnswers['methods'],
  earlier: PortalProfile,
): boolean | undefined {
  const result = results[name];
  if (!result.ok && isAboutMethod(result.failure)) return false;
  return knownValue(result, readAvailability, earlier.methods[name]);
}

/** @returns the time of the portal's clock at the answer, in Unix seconds; undefined when it has none */
export function portalTime(answers: ProfileAnswers): number | undefined {
  const { serverTime, account, admin, scopes, plan } = answers;
  // `time.finish` has fractions, but some portals report no times.
  const finishes = [serverTime, account, admin, scopes, plan].flatMap((result) =>
    result.ok && result.time ? [result.time.finish] : [],
  );
  return finishes[0] ?? knownValue(serverTime, readServerTime, undefined);
}
