import type { ProblemTemplates } from '../problem-templates.ts';
import { at, encodingName, encodingNames } from './file-problems-en.ts';
import { sheetList } from './workbook-problems-en.ts';

/** What is wrong with a file, without the remedy: that depends on where it is said. */
type Facts = {
  readonly [Code in keyof ProblemTemplates]?: (
    ...params: Parameters<ProblemTemplates[Code]>
  ) => string;
};

/** Facts that the API and the page say in the same words; the command line names its options in some. */
export const fileFactsEn = {
  header_below: ({ header, ...where }) =>
    `${at(where)}: it does not name the columns; the header seems to be in line ${header}.`,
  header_line_missing: ({ file, line }) => `${file} has no rows from line ${line} on.`,
  column_unclear: ({ role, columns, ...where }) =>
    `${at(where)}: several columns could be the ${role}: ${columns}.`,
  column_shared: ({ column, ...where }) => `${at(where)}: ${column} cannot have two roles.`,
  delimiter_unclear: (where) => `${at(where)}: the delimiter cannot be detected.`,
  encoding_unclear: ({ file, suspected }) =>
    `${file}: the encoding is not supported or cannot be detected${suspected && `; it may be ${encodingNames(suspected, 'or')}`}.`,
  encoding_contradicted: ({ file, marked, encoding }) =>
    `${file} has the byte order mark of ${encodingName(marked)}, not of ${encodingName(encoding)}.`,
  text_damaged: ({ encoding, ...where }) =>
    `${at(where)}: the text is not valid ${encodingName(encoding)}.`,
  zero_byte: (where) =>
    `${at(where)}: the line has a zero byte; the file is binary, damaged or in UTF-16.`,
  sheets_unknown: ({ file, sheets }) =>
    `${file}: no visible sheet names a group and a user column in its first row; sheets: ${sheetList(sheets)}.`,
  sheet_missing: ({ file, name, sheets }) =>
    `${file} has no sheet ${name}; sheets: ${sheetList(sheets)}.`,
} satisfies Facts;
