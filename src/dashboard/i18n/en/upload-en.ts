export const uploadEn = {
  title: 'New import',
  intro:
    'A table saved as CSV: a column with groups and one with people, by number, group name or email address. Nothing is sent before you have seen what is in it.',
  drop: 'Drop the file here',
  choose: 'Choose a file',
  most: (size: string) => `CSV, or CSV packed as .gz, up to ${size}`,
  tooLarge: (size: string) => `The file has ${size}, more than this server takes.`,
  empty: 'The file is empty.',
  sending: (name: string) => `Handing in ${name}`,
  sent: (sent: string, all: string) => `${sent} of ${all}`,
  reading: 'It has arrived and is being read…',
  stop: 'Stop',
  formatForm: (name: string) => `Say how ${name} is to be read`,
  detect: 'Find out',
  column: 'name or number of the column',
  readSo: 'Read it so',
  admins: 'Only administrators may hand in tables.',
};
