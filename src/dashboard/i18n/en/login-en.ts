export const loginEn = {
  title: 'Log in',
  what: 'Bulk Invite invites colleagues into Bitrix24 workgroups from a table.',
  token: 'Access key',
  hint: 'Whoever runs Bulk Invite has it: ADMIN_TOKEN to invite, VIEWER_TOKEN to look on. On your own computer, the link that the program printed at its start logs you in, once; the command login-link prints a new one.',
  ended:
    'Your session has ended. Log in to go on where you were; an invitation text that you had not saved is still there.',
  enter: 'Log in',
  wrong: 'This key is not right.',
  missing: 'Enter the key.',
};
