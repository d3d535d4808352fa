import type { Config } from '../config/config.ts';
import type { NetworkSettings } from '../config/network-settings.ts';
import type { GroupId } from '../domain/pairs/ids.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { Check } from '../messages/en/set-up-checks-en.ts';
import { finding, type SetUpFinding } from '../messages/findings.ts';
import { HttpAgents } from '../platform/network/http-agents.ts';
import { type PortalFailure, TOO_LATE } from '../portal/http/failure.ts';
import { unusablePortal } from '../portal/http/portal-problem.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import { USER_TO_GROUP_LIST } from '../portal/methods/user-to-group.ts';
import { portalTime, profileOf } from '../portal/profile/portal-profile.ts';
import type { ReachedRedis } from '../redis/reach-redis.ts';
import { checkCaller } from './checks/caller-check.ts';
import { checkCertificate } from './checks/certificate-check.ts';
import { checkClock } from './checks/clock-check.ts';
import { checkGroup } from './checks/group-check.ts';
import { checkPlan } from './checks/plan-check.ts';
import { checkRelations } from './checks/relations-check.ts';
import { checkGroupsScope, checkInviteScope, checkPeopleScope } from './checks/scopes-check.ts';
import type { SettingsRead } from './doctor-settings.ts';
import { type Examination, errorFinding, inTime, problemFinding } from './examination.ts';
import { type PortalAnswers, queryPortal } from './query-portal.ts';
import { watchCertificate } from './watch-certificate.ts';

/** The checks that need a portal that answers. */
const ANSWER_CHECKS: readonly Check[] = [
  'portal_clock',
  'scope_sonet_group',
  'scope_socialnetwork',
  'scope_user',
  'caller',
  'plan',
  'relations',
  'group',
];

/** Timeout of a request with all its tries, in milliseconds. */
const LONGEST_MS = 60_000;

export interface PortalExamination {
  readonly redis: ReachedRedis | undefined;
  readonly network: NetworkSettings;
  /** The group to check the caller's rights in; undefined: none. */
  readonly groupId: GroupId | undefined;
  readonly clock: Clock;
}

/** Checks the portal: whether it answers, and what the webhook may do there. */
export async function examinePortal(
  examination: Examination,
  { config, wrong }: SettingsRead,
  { redis, network, groupId, clock }: PortalExamination,
): Promise<void> {
  const webhook = config?.webhook;
  if (config === undefined || webhook === undefined) {
    const isUnknown = config === undefined || wrong.has('BITRIX24_WEBHOOK_URL');
    if (isUnknown) examination.skip('settings', 'webhook');
    else examination.add('webhook', finding('webhook_missing', {}));
    return examination.skip('webhook', 'certificate', ...ANSWER_CHECKS);
  }
  const agents = new HttpAgents(config.proxies);
  const query = { webhook, redis, limits: config, groupId, agents, clock };
  const { portal, usesTls } = webhook;
  using watched = watchCertificate(new URL(webhook.origin).host);
  const answers = await inTime(queryPortal(query), LONGEST_MS).catch(errorFinding);
  if ('code' in answers) {
    examination.add('webhook', answers);
    return examination.skip('webhook', 'certificate', ...ANSWER_CHECKS);
  }
  const failure = answers.kind === 'failed' ? answers.failure : undefined;
  examination.add(
    'webhook',
    failure === undefined ? finding('webhook_answers', { portal }) : explain(portal, failure),
  );
  const certificate = checkCertificate({
    ...{ portal, usesTls, failure, isChecked: network.checksCertificates },
    ...{ endsAt: watched.endsAt, now: clock.now() },
  });
  if (certificate === undefined) examination.skip('webhook', 'certificate');
  else examination.add('certificate', certificate);
  if (answers.kind === 'failed') return examination.skip('webhook', ...ANSWER_CHECKS);
  await examineAnswers(examination, answers, { config, webhook, groupId });
}

const explain = (
  portal: string,
  failure: PortalFailure,
): SetUpFinding<'portal_at_work' | 'problem'> =>
  failure.code === TOO_LATE.code
    ? finding('portal_at_work', { portal })
    : problemFinding(unusablePortal(portal, failure));

async function examineAnswers(
  examination: Examination,
  { answers, group }: PortalAnswers,
  { config, webhook, groupId }: { config: Config; webhook: Webhook; groupId: GroupId | undefined },
): Promise<void> {
  const profile = profileOf(answers, webhook);
  const { scopes, license, isAdmin } = profile;
  const { before, after } = answers;
  const there = portalTime(answers);
  await examination.check('portal_clock', [], () =>
    there === undefined ? finding('clock_not_known', {}) : checkClock({ there, before, after }),
  );
  await examination.check('scope_sonet_group', [], () => checkInviteScope(scopes));
  await examination.check('scope_socialnetwork', [], () => checkGroupsScope(scopes));
  await examination.check('scope_user', [], () => checkPeopleScope(scopes));
  await examination.check('caller', [], () => checkCaller(profile, answers.account));
  await examination.check('plan', [], () => checkPlan(license, config));
  // Without the scope the portal reports nothing about a group.
  if (scopes !== undefined && !scopes.has('socialnetwork')) {
    return examination.skip('scope_socialnetwork', 'relations', 'group');
  }
  await examination.check('relations', [], () =>
    checkRelations(answers.methods[USER_TO_GROUP_LIST]),
  );
  await examination.check('group', [], () =>
    groupId === undefined || group === undefined
      ? finding('group_not_named', {})
      : checkGroup(groupId, group, isAdmin),
  );
}
