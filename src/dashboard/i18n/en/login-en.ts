export const loginEn = {
  title: 'Log in',
  intro: 'Bulk Invite invites colleagues to Bitrix24 workgroups from a table.',
  token: 'Access key',
  hint: 'Ask your administrator for the key: ADMIN_TOKEN to invite people, VIEWER_TOKEN to view only. If you run Bulk Invite yourself, open the login link printed at startup. It works once; the command login-link prints a new one.',
  ended:
    'Your session has ended. Log in to continue where you left off. An unsaved invitation message is kept.',
  logIn: 'Log in',
  wrong: 'Incorrect access key.',
  blocked: 'Too many incorrect keys from this address',
  tryAgainIn: (time: string) => `Try again in ${time}.`,
  missing: 'Enter the access key.',
};
