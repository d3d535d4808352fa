export const frameEn = {
  imports: 'Imports',
  people: 'People',
  portal: 'Portal',
  navigation: 'Main',
  skip: 'Skip to content',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'System theme', light: 'Light theme', dark: 'Dark theme' },
  logOut: 'Log out',
  viewer: 'View only',
  lost: 'Connection to the server lost. This page reconnects automatically.',
  polling: (seconds: number) =>
    `Live updates do not reach this page. It checks for changes every ${seconds} seconds instead.`,
  unbuffer:
    'A proxy holds them back: switch off its buffering of /api/events (in nginx: proxy_buffering off).',
  uploading: (name: string) => `Uploading ${name}…`,
  notFound: 'Page not found',
  noImport: 'Import not found',
  toImports: 'Back to imports',
  licenses: 'Open-source licenses',
  adminsOnly: 'Only administrators can see the queue',
  otherKey: 'Your access key is view only. To see the queue, log in with an administrator’s key.',
};
