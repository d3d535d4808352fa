import type { GroupId } from '../domain/pairs/ids.ts';
import type { Clock } from '../domain/time/clock.ts';
import { Deadline } from '../domain/time/deadline.ts';
import type { HttpAgents } from '../platform/network/http-agents.ts';
import { VERSION } from '../platform/version.ts';
import { Budget } from '../portal/budget/budget.ts';
import type { LimitSettings } from '../portal/budget/budget-limits.ts';
import type { CallResult } from '../portal/http/batch.ts';
import { PortalClient } from '../portal/http/client.ts';
import type { PortalFailure } from '../portal/http/failure.ts';
import { type PostOptions, post } from '../portal/http/post.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import { groupCall } from '../portal/methods/groups.ts';
import type { ProfileAnswers } from '../portal/profile/portal-profile.ts';
import { queryProfile } from '../portal/profile/query-profile.ts';
import type { ReachedRedis } from '../redis/reach-redis.ts';

/** Timeout of the request, in milliseconds. */
const TIMEOUT_MS = 20_000;
/** Longest wait for a place in the budget, which imports may need, in milliseconds. */
const ADMISSION_MS = 10_000;

/** A portal's answers to all calls of the request. */
export interface PortalAnswers {
  readonly kind: 'answered';
  readonly answers: ProfileAnswers;
  /** Undefined when no group was named. */
  readonly group: CallResult | undefined;
}

export interface PortalQuery {
  readonly webhook: Webhook;
  readonly limits: LimitSettings;
  /** Undefined where there is none: the one request is then made outside of the budget. */
  readonly redis: ReachedRedis | undefined;
  readonly groupId: GroupId | undefined;
  readonly agents: HttpAgents;
  readonly clock: Clock;
}

/** Reads from the portal all that a check of the set-up needs, in one request within the budget. */
export async function queryPortal(
  wanted: PortalQuery,
): Promise<PortalAnswers | { kind: 'failed'; failure: PortalFailure }> {
  const { webhook, redis, limits, groupId, agents, clock } = wanted;
  const way = { timeoutMs: TIMEOUT_MS, agents };
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
  way: Pick<PostOptions, 'timeoutMs' | 'agents'>,
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
  const leaveBy = new Deadline(clock, ADMISSION_MS);
  const more = groupId === undefined ? [] : [groupCall(groupId)];
  const result = await queryProfile(sender, { leaveBy, repeat: 'unless_executed' }, clock, more);
  if (!result.ok) return { kind: 'failed', failure: result.failure };
  return { kind: 'answered', answers: result.answers, group: result.more[0] };
}
