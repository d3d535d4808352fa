import { counted } from '../counted.ts';

export const uploadEn = {
  title: 'New import',
  intro:
    'Upload an Excel workbook or a CSV file with a group column and a user column, or paste a table. Use IDs or names for groups, and IDs or email addresses for users. You review the file before anything is sent.',
  drop: 'Drop files here, or anywhere on the page',
  choose: 'Choose files',
  limit: (size: string) =>
    `Excel (.xlsx), LibreOffice (.ods), CSV or JSON, also gzipped (.gz), up to ${size}`,
  faulty: (name: string) => `${name} was not uploaded`,
  faults: {
    empty: (_size: string) => 'The file is empty.',
    too_large: (size: string) => `The file is too large for this server (${size}).`,
    changed: (_size: string) =>
      'The file was changed, moved or deleted after it was chosen. Choose it again.',
  },
  waiting: (name: string) => `${name} is next`,
  uploaded: (name: string) => `${name} is uploaded`,
  review: 'Review',
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  sending: (name: string) => `Uploading ${name}`,
  sent: (sent: string, all: string) => `${sent} of ${all}`,
  reading: 'Uploaded. Reading the file…',
  stop: 'Cancel upload',
  formatForm: (name: string) => `How to read ${name}`,
  detect: 'Detect automatically',
  headerLine: 'Line of the header',
  chooseColumn: 'Choose…',
  readFile: 'Read the file',
  readAgain: 'Read again',
  columnsLater: 'The columns are chosen after that.',
  paste: 'Paste a table',
  pasteLabel: 'Cells of the table',
  pasteHint:
    'Copy the cells in Excel or Google Sheets, with the row of column names, and paste them here.',
  pasteRead: 'Read the table',
  pasted: (rows: number, columns: number) =>
    `${counted(rows, 'row', 'rows')}, ${counted(columns, 'column', 'columns')}`,
  pastedOneColumn: (rows: number) =>
    `${counted(rows, 'row', 'rows')}, one column. Copy the columns for the group and the user together.`,
  pastedName: 'pasted table',
  admins: 'Only administrators can upload tables.',
};
