import type { FindingEntry } from './entry.ts';

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
    'Not asked: imports use all that {portal} allows now.',
    'Try again when they have ended.',
  ],
  certificate_trusted: ['ok', 'The certificate of {portal} is trusted.', ''],
  certificate_valid: ['ok', 'The certificate of {portal} is trusted, until {until}.', ''],
  certificate_ends_soon: [
    'warning',
    'The certificate of {portal} is trusted until {until} only. After that the portal cannot be reached.',
    'Have the portal’s administrator renew it, or look whether they renew it by themselves.',
  ],
  certificate_unneeded: ['ok', '{portal} is on this machine, without TLS.', ''],
  certificate_refused: [
    'failed',
    'The certificate of {portal} is not trusted ({said}).',
    'If your network inspects TLS, name the file with its certificate authority as NODE_EXTRA_CA_CERTS in the environment (not in .env). Otherwise check the clock of this machine and the host in BITRIX24_WEBHOOK_URL.',
  ],
  certificate_unchecked: [
    'warning',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off: anybody on the way to {portal} can read the webhook.',
    'Unset it; name the file with a certificate authority of your own as NODE_EXTRA_CA_CERTS in the environment.',
  ],
  certificate_file_unreadable: [
    'warning',
    'NODE_EXTRA_CA_CERTS names a file that cannot be read, so Node.js ignores it.',
    'Correct the path, or unset NODE_EXTRA_CA_CERTS.',
  ],
  clock_not_known: ['skipped', 'The portal does not tell its time.', ''],

  scope_there: ['ok', 'The webhook has the scope {scope}.', ''],
  scopes_not_known: ['warning', 'The portal does not tell the scopes of the webhook.', ''],
  scope_invite_missing: [
    'failed',
    'The webhook lacks the scope sonet_group, and cannot invite.',
    'Edit the webhook in Bitrix24 and give it the scope sonet_group.',
  ],
  scope_groups_missing: [
    'warning',
    'The webhook lacks the scope socialnetwork: nobody can tell why the portal left somebody out, nor what a request without an answer did.',
    'Edit the webhook in Bitrix24 and give it the scope socialnetwork.',
  ],
  scope_people_missing: [
    'warning',
    'The webhook lacks the scope user: people cannot be found by e-mail, and nobody can tell who does not exist.',
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic.',
  ],
  scope_people_brief: [
    'warning',
    'The webhook has only the scope user_brief: people cannot be found by e-mail.',
    'Edit the webhook in Bitrix24 and give it the scope user or user_basic.',
  ],

  caller_admin: [
    'ok',
    'User {#id}, an administrator, who may invite into every group that they see',
    '',
  ],
  caller_person: [
    'ok',
    'User {#id}, no administrator: may invite into a group only where its rules allow that.',
    '',
  ],
  caller_not_known: ['warning', 'The portal does not tell whose webhook it is ({said}).', ''],

  plan_fits: [
    'ok',
    'The plan {plan} takes {perSecond} requests a second and {#burst} at once, as is set.',
    '',
  ],
  plan_allows_more: [
    'warning',
    'The plan {plan} takes {perSecond} requests a second and {#burst} at once, more than is set.',
    'Set BITRIX24_REQUESTS_PER_SECOND={perSecond} and BITRIX24_BURST={#burst}.',
  ],
  plan_allows_less: [
    'warning',
    'The plan {plan} takes {perSecond} requests a second and {#burst} at once, less than is set.',
    'Set BITRIX24_REQUESTS_PER_SECOND={perSecond} and BITRIX24_BURST={#burst}.',
  ],
  plan_own_server: [
    'ok',
    'A self-hosted portal ({plan}), which limits no requests by default; set are {perSecond} a second and {#burst} at once.',
    '',
  ],
  plan_not_known: [
    'ok',
    'The portal does not tell its plan; set are {perSecond} requests a second and {#burst} at once.',
    '',
  ],

  relations_dated: [
    'ok',
    'The portal tells who invited whom and when (socialnetwork.api.usertogroup.list).',
    '',
  ],
  relations_not_dated: [
    'warning',
    'The portal does not have socialnetwork.api.usertogroup.list: after a request without an answer it cannot tell whose invitation a pending one is.',
    'Nothing needs to be done; a newer version of the portal has it.',
  ],
  relations_not_known: [
    'warning',
    'The portal does not tell whether it has socialnetwork.api.usertogroup.list ({said}).',
    'Check again later.',
  ],

  group_not_named: ['skipped', 'Not checked: no group was named.', 'Name a group by its number.'],
  group_open: ['ok', 'The webhook’s user may invite into group {#id}.', ''],
  group_open_to_admin: [
    'ok',
    'The webhook’s user sees group {#id} and, as an administrator, may invite into it.',
    '',
  ],
  group_invisible: [
    'failed',
    'There is no group {#id} that the webhook’s user can see.',
    'Check the number; if it is right, let the webhook’s user join the group.',
  ],
  group_closed: [
    'failed',
    'The webhook’s user may not invite into group {#id}.',
    'Let the group’s settings allow it, or make the user a moderator of the group.',
  ],
  group_not_known: [
    'warning',
    'The portal does not tell whether the webhook’s user may invite into group {#id} ({said}).',
    '',
  ],
} as const satisfies Record<string, FindingEntry>;
