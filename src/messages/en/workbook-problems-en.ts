import type { ProblemTable } from '../problem-templates.ts';

type Named = { file: string };
/** `part`: a file in the archive, or empty. */
type Part = Named & { part: string };
/** `sheets`: names, one per line. */
type Sheets = Named & { sheets: string };

const SAVE_AGAIN = 'Open it in Excel or LibreOffice, save it again, then upload that file.';
const inPart = (part: string): string => (part === '' ? '' : ` (${part})`);

/** @returns the names of sheets, in quotes */
export const sheetList = (sheets: string): string =>
  sheets
    .split('\n')
    .map((name) => `“${name}”`)
    .join(', ');

/** Of workbooks and their sheets. */
export const workbookProblemsEn = {
  workbook_damaged: ({ file, part }: Part) => [
    `${file}: the workbook is incomplete or damaged${inPart(part)}.`,
    SAVE_AGAIN,
  ],
  workbook_size_false: ({ file, part }: Part) => [
    `${file}: the workbook unpacks to more than it declares${inPart(part)}.`,
    SAVE_AGAIN,
  ],
  workbook_doctype: ({ file, part }: Part) => [
    `${file}: the workbook has a document type declaration${inPart(part)}, which no spreadsheet program writes.`,
    SAVE_AGAIN,
  ],
  workbook_encrypted: ({ file }: Named) => [
    `${file}: the workbook is protected with a password.`,
    'Save it without a password, then upload that file.',
  ],
  workbook_texts_many: ({ file, most }: Named & { most: number }) => [
    `${file}: the workbook has more than ${most.toLocaleString('en')} different texts.`,
    'Save the sheet as CSV UTF-8, then upload that file.',
  ],
  sheets_unknown: ({ file, sheets }: Sheets) => [
    `${file}: no visible sheet names a group and a user column in its first row; sheets: ${sheetList(sheets)}.`,
    'Set --sheet to the name of the sheet, or name the columns group_id and user_id in its first row.',
  ],
  sheet_missing: ({ file, name, sheets }: Sheets & { name: string }) => [
    `${file} has no sheet ${name}; sheets: ${sheetList(sheets)}.`,
    'Set --sheet to one of these names, or omit it.',
  ],
} satisfies ProblemTable;
