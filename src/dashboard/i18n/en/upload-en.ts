export const uploadEn = {
  title: 'New import',
  intro:
    'Upload a CSV file with a group column and a user column. Use IDs or names for groups, and IDs or email addresses for users. You review the file before anything is sent.',
  drop: 'Drop a file here',
  choose: 'Choose a file',
  limit: (size: string) => `CSV or gzipped CSV (.gz), up to ${size}`,
  tooLarge: (size: string) => `The file is too large for this server (${size}).`,
  empty: 'The file is empty.',
  sending: (name: string) => `Uploading ${name}`,
  sent: (sent: string, all: string) => `${sent} of ${all}`,
  reading: 'Uploaded. Reading the file…',
  stop: 'Cancel upload',
  formatForm: (name: string) => `How to read ${name}`,
  detect: 'Detect automatically',
  column: 'Name or number',
  readAgain: 'Read again',
  admins: 'Only administrators can upload tables.',
};
