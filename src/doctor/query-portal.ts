import type { GroupId } from '../domain/pairs/ids.ts';
import type { Clock } from '../domain/time/clock.ts';
import { Deadline } from '../domain/time/deadline.ts';
import { VERSION } from '../platform/version.ts';
import { Budget } from '../portal/budget/budget.ts';
import type { BudgetLimits } from '../portal/budget/budget-limits.ts';
import { type CallResult, sendCalls } from '../portal/http/batch.ts';
import { PortalClient } from '../portal/http/client.ts';
import { type PortalFailure, UNREADABLE } from '../portal/http/failure.ts';
import { type PostOptions, post } from '../portal/http/post.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import { ACCOUNT_CALL, PLAN_CALL } from '../portal/methods/caller-account.ts';
import { groupCall } from '../portal/methods/groups.ts';
import { availabilityCall } from '../portal/methods/method-availability.ts';
import { SCOPE } from '../portal/methods/scopes.ts';
import { USER_TO_GROUP_LIST } from '../portal/methods/user-to-group.ts';
import type { ReachedRedis } from '../redis/reach-redis.ts';
import type { ClockReading } from './checks/clock-check.ts';

/** Timeout of the request, in milliseconds. */
const TIMEOUT_MS = 20_000;
/** Longest wait for a place in the budget, which imports may need, in milliseconds. */
const ADMISSION_MS = 10_000;

/** A portal's answers to all calls of the request. */
export interface PortalAnswers {
  readonly kind: 'answered';
  readonly scopes: CallResult;
  readonly account: CallResult;
  readonly plan: CallResult;
  readonly relations: CallResult;
  /** Undefined when no group was named. */
  readonly group: CallResult | undefined;
  /** Undefined when the answer contains no time. */
  readonly clock: ClockReading | undefined;
}

export interface PortalQuery {
  readonly webhook: Webhook;
  readonly limits: BudgetLimits;
  /** Undefined where there is none: the one request is then made outside of the budget. */
  readonly redis: ReachedRedis | undefined;
  readonly groupId: GroupId | undefined;
  /** The environment names a proxy that Node.js does not use. */
  readonly isProxyUnused: boolean;
  readonly clock: Clock;
}

/** Reads from the portal all that a check of the set-up needs, in one request within the budget. */
export async function queryPortal(
  wanted: PortalQuery,
): Promise<PortalAnswers | { kind: 'failed'; failure: PortalFailure }> {
  const { webhook, redis, limits, groupId, isProxyUnused, clock } = wanted;
  const way = { timeoutMs: TIMEOUT_MS, isProxyUnused };
  if (redis === undefined) return query(directSender(webhook, way), groupId, clock);
  const budget = new Budget(redis.redis, webhook.portal, limits);
  try {
    const options = { webhook, budget, ...way, version: VERSION, clock };
    return await query(new PortalClient(options), groupId, clock);
  } finally {
    await budget.close();
  }
}

type Sender = Pick<PortalClient, 'send' | 'webhook'>;

const directSender = (
  webhook: Webhook,
  way: Pick<PostOptions, 'timeoutMs' | 'isProxyUnused'>,
): Sender => ({
  webhook,
  send: (method, parameters, { signal }) =>
    post(webhook, method, parameters, { ...way, userAgent: `bulk-invite/${VERSION}`, signal }),
});

async function query(
  sender: Sender,
  groupId: GroupId | undefined,
  clock: Clock,
): Promise<PortalAnswers | { kind: 'failed'; failure: PortalFailure }> {
  const calls = [
    { method: SCOPE, parameters: {} },
    ACCOUNT_CALL,
    PLAN_CALL,
    availabilityCall(USER_TO_GROUP_LIST),
    ...(groupId === undefined ? [] : [groupCall(groupId)]),
  ];
  const before = clock.now() / 1_000;
  const leaveBy = new Deadline(clock, ADMISSION_MS);
  const answer = await sendCalls(sender, calls, { leaveBy, repeat: 'unless_executed' });
  const after = clock.now() / 1_000;
  if (!answer.ok) return { kind: 'failed', failure: answer.failure };
  const [scopes, account, plan, relations, group] = answer.results;
  const missing: CallResult = { ok: false, failure: UNREADABLE };
  const there = answer.results.flatMap((result) => (result.ok && result.time) || [])[0]?.finish;
  return {
    kind: 'answered',
    ...{ scopes: scopes ?? missing, account: account ?? missing, plan: plan ?? missing },
    ...{ relations: relations ?? missing, group },
    clock: there === undefined ? undefined : { there, before, after },
  };
}
