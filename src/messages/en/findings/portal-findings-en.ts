import type { FindingEntry } from '../../finding-entry.ts';

/** What is found of the portal and the webhook. */
export const PORTAL_FINDINGS = {
  webhook_missing: [
    'failed',
    'BITRIX24_WEBHOOK_URL is not set.',
    'In Bitrix24 open Developer resources → Other → Inbound webhook, give it the scopes sonet_group, socialnetwork and user, and set BITRIX24_WEBHOOK_URL to its address.',
  ],
  webhook_answers: ['ok', '{portal} answers.', ''],
  portal_at_work: [
    'skipped',
    'Not checked: imports currently use all requests that {portal} allows.',
    'Try again when they have finished.',
  ],
  certificate_trusted: ['ok', 'The certificate of {portal} is trusted.', ''],
  certificate_valid: ['ok', 'The certificate of {portal} is trusted, until {until}.', ''],
  certificate_ends_soon: [
    'warning',
    'The certificate of {portal} is trusted until {until} only. After that, the portal cannot be reached.',
    'Ask the portal’s administrator to renew it, or whether it is renewed automatically.',
  ],
  certificate_unneeded: ['ok', '{portal} is on this machine, without TLS.', ''],
  certificate_refused: [
    'failed',
    'The certificate of {portal} is not trusted ({said}).',
    'If your network inspects TLS, name the file with its certificate authority as NODE_EXTRA_CA_CERTS, in the environment or in .env. Otherwise check the clock of this machine and the host in BITRIX24_WEBHOOK_URL.',
  ],
  certificate_unchecked: [
    'warning',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 turns certificate checks off: anyone on the network path to {portal} can read the webhook.',
    'Unset it; for your own certificate authority, set NODE_EXTRA_CA_CERTS to its file.',
  ],
  clock_not_known: ['skipped', 'The portal does not report its time.', ''],

  scope_there: ['ok', 'The webhook has the scope {scope}.', ''],
  scopes_not_known: ['warning', 'The portal does not report the scopes of the webhook.', ''],
  scope_invite_missing: [
    'failed',
    'The webhook lacks the scope sonet_group and cannot invite.',
    'Edit the webhook in Bitrix24 and give it the scope sonet_group.',
  ],
  scope_groups_missing: [
    'warning',
    'The webhook lacks the scope socialnetwork: the program cannot find out why the portal did not invite a person, nor what a request without an answer did.',
    'Edit the webhook in Bitrix24 and give it the scope socialnetwork.',
  ],
  scope_people_missing: [
    'warning',
    'The webhook lacks the scope user: people cannot be found by e-mail, and missing people cannot be recognized.',
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic.',
  ],
  scope_people_brief: [
    'warning',
    'The webhook has only the scope user_brief: people cannot be found by e-mail.',
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic.',
  ],

  caller_admin: [
    'ok',
    'User {#id} is an administrator and may invite into every visible group',
    '',
  ],
  caller_person: [
    'ok',
    'User {#id} is not an administrator and may invite only where the group’s rules allow it.',
    '',
  ],
  caller_not_known: ['warning', 'The portal does not report the webhook’s user ({said}).', ''],

  plan_followed: [
    'ok',
    'The plan {plan} allows {perSecond} requests per second and bursts of {#burst}, which the program uses.',
    '',
  ],
  plan_fits: [
    'ok',
    'The plan {plan} allows {perSecond} requests per second and bursts of {#burst}, as configured.',
    '',
  ],
  plan_allows_more: [
    'warning',
    'The plan {plan} allows {perSecond} requests per second and bursts of {#burst}, more than configured.',
    'Unset BITRIX24_REQUESTS_PER_SECOND and BITRIX24_BURST: the program then follows the plan.',
  ],
  plan_allows_less: [
    'warning',
    'The plan {plan} allows {perSecond} requests per second and bursts of {#burst}, less than configured.',
    'Unset BITRIX24_REQUESTS_PER_SECOND and BITRIX24_BURST: the program then follows the plan.',
  ],
  plan_own_server: [
    'ok',
    'A self-hosted portal ({plan}) has no request limit by default; the program uses none until an answer shows one.',
    '',
  ],
  plan_own_server_limited: [
    'ok',
    'A self-hosted portal ({plan}) has no request limit by default; the settings limit the requests.',
    '',
  ],
  plan_not_known: [
    'ok',
    'The portal does not report its plan; in use: {perSecond} requests per second, bursts of {#burst}.',
    '',
  ],

  relations_dated: [
    'ok',
    'The portal reports the sender and date of each invitation (socialnetwork.api.usertogroup.list).',
    '',
  ],
  relations_not_dated: [
    'warning',
    'The portal does not have socialnetwork.api.usertogroup.list: after a request without an answer, the sender of a pending invitation cannot be read.',
    'No action is needed; newer versions of the portal have it.',
  ],
  relations_not_known: [
    'warning',
    'The portal does not report whether it has socialnetwork.api.usertogroup.list ({said}).',
    'Check again later.',
  ],

  group_not_named: ['skipped', 'Not checked: no group was given.', 'Give a group ID.'],
  group_open: ['ok', 'The webhook’s user may invite into group {#id}.', ''],
  group_open_to_admin: [
    'ok',
    'The webhook’s user sees group {#id} and, as an administrator, may invite into it.',
    '',
  ],
  group_invisible: [
    'failed',
    'Group {#id} does not exist, or the webhook’s user cannot see it.',
    'Check the ID; if it is right, add the webhook’s user to the group.',
  ],
  group_closed: [
    'failed',
    'The webhook’s user may not invite into group {#id}.',
    'Allow it in the group’s settings, or make the user a moderator of the group.',
  ],
  group_open_to_admins_only: [
    'warning',
    'Group {#id} does not allow the webhook’s user to invite unless they are an administrator, and the portal does not report whether they are.',
    'Allow it in the group’s settings, or make the user a moderator of the group.',
  ],
  group_not_known: [
    'warning',
    'The portal does not report whether the webhook’s user may invite into group {#id} ({said}).',
    '',
  ],
} as const satisfies Record<string, FindingEntry>;
