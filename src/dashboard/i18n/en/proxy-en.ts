import type { ProxyCode } from '../../api/proxy-code.ts';

/** What answers of another server mean that stands in front of Bulk Invite: title, detail, remedy. */
export const proxyEn: Record<
  ProxyCode,
  (status: number) => readonly [title: string, detail: string, remedy: string]
> = {
  proxy_too_large: (status) => [
    'Too large for the server in front of Bulk Invite',
    `That server accepts no file of this size (HTTP ${status}).`,
    'Ask your administrator to raise its limit (in nginx: client_max_body_size), or upload a smaller file, for example as .csv.gz.',
  ],
  proxy_login: (status) => [
    'Access denied by the server in front of Bulk Invite',
    `That server did not let the request through${status > 0 ? ` (HTTP ${status})` : ''}. Your login there may have expired.`,
    'Reload this page and log in there. If that does not help, ask your administrator.',
  ],
  proxy_away: (status) => [
    'Bulk Invite does not respond',
    `The server in front of it reports this (HTTP ${status}). It may be restarting.`,
    'Try again in a minute. If it continues, ask your administrator to check that Bulk Invite is running.',
  ],
  proxy_slow: (status) => [
    'Bulk Invite did not respond in time',
    `The server in front of it gave up waiting (HTTP ${status}).`,
    'Reload this page to see whether the action was completed, then try again. Administrators can raise the limit (in nginx: proxy_read_timeout).',
  ],
  proxy_other: (status) => [
    'Unexpected response from another server',
    `Another server answered instead of Bulk Invite (HTTP ${status}).`,
    'Reload this page. If that does not help, ask your administrator to check the proxy in front of Bulk Invite.',
  ],
};
