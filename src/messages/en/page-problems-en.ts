import type { ProblemTemplates } from '../problem-templates.ts';
import { at, encodingName, encodingNames, type Role, rolesOf } from './file-problems-en.ts';
import { sheetList } from './workbook-problems-en.ts';

const COLUMNS: Readonly<Record<Role, string>> = {
  group: 'group column',
  user: 'user column',
  message: 'message column',
};
const AS_UTF8 = 'save the file as UTF-8 (in Excel: File → Save as → CSV UTF-8)';

/** Problems of reading a file, in terms of the choices on the page. */
export const pageProblemsEn = {
  header_below: ({ header, ...where }) => [
    `${at(where)}: it does not name the columns; the header seems to be in line ${header}.`,
    'Check the header line and the columns below.',
  ],
  header_line_missing: ({ file, line }) => [
    `${file} has no rows from line ${line} on.`,
    'Enter the line that names the columns, counted from 1.',
  ],
  column_missing: (it) => [
    `${at(it)}: the ${rolesOf(it).join(' and the ')} column cannot be recognized by name; found: ${it.found}.`,
    `Choose the ${rolesOf(it)
      .map((role) => COLUMNS[role])
      .join(' and the ')}.`,
  ],
  column_unclear: ({ role, columns, ...where }) => [
    `${at(where)}: several columns could be the ${role}: ${columns}.`,
    `Choose the ${COLUMNS[role]}.`,
  ],
  column_shared: ({ column, ...where }) => [
    `${at(where)}: ${column} cannot have two roles.`,
    'Choose different columns.',
  ],
  column_number_wrong: ({ role, number, count, ...where }) => [
    `${at(where)}: column ${number} was chosen as the ${COLUMNS[role]}, but there are only ${count}.`,
    'Choose another one.',
  ],
  column_unknown: ({ role, name, found, ...where }) => [
    `${at(where)}: ${name} was chosen as the ${COLUMNS[role]}, but the columns are ${found}.`,
    'Choose another one.',
  ],
  column_name_shared: ({ role, name, columns, ...where }) => [
    `${at(where)}: ${name} was chosen as the ${COLUMNS[role]}, but several columns have this name: ${columns}.`,
    'Choose one of them.',
  ],
  json_keys_missing: (it) => [
    `${it.file}: the key of the ${rolesOf(it).join(' and of the ')} cannot be recognized by name; found: ${it.found}.`,
    'Choose the keys.',
  ],
  delimiter_unclear: (where) => [
    `${at(where)}: the delimiter cannot be detected.`,
    'Choose the delimiter, or name the columns in the first line.',
  ],
  encoding_unclear: ({ file, suspected }) => [
    `${file}: the encoding is not supported or cannot be detected${suspected && `; it may be ${encodingNames(suspected, 'or')}`}.`,
    `Choose the encoding in which the text is readable, or ${AS_UTF8}.`,
  ],
  encoding_contradicted: ({ file, marked, encoding }) => [
    `${file} has the byte order mark of ${encodingName(marked)}, not of ${encodingName(encoding)}.`,
    `Choose ${encodingName(marked)}.`,
  ],
  text_damaged: ({ encoding, ...where }) => [
    `${at(where)}: the text is not valid ${encodingName(encoding)}.`,
    `Fix that line, or ${AS_UTF8}, or choose another encoding.`,
  ],
  text_garbled: ({ file }) => [
    `${file}: the text is garbled: it is UTF-8 that was read in another encoding.`,
    'Choose UTF-8, or export the file again from its source.',
  ],
  zero_byte: (where) => [
    `${at(where)}: the line has a zero byte; the file is binary, damaged or in UTF-16.`,
    `Remove it, or ${AS_UTF8}, or choose UTF-16 as the encoding.`,
  ],
  sheets_unknown: ({ file, sheets }) => [
    `${file}: no visible sheet names a group and a user column in its first row; sheets: ${sheetList(sheets)}.`,
    'Choose the sheet and its columns.',
  ],
  sheet_missing: ({ file, name, sheets }) => [
    `${file} has no sheet ${name}; sheets: ${sheetList(sheets)}.`,
    'Choose one of them.',
  ],
} satisfies Partial<ProblemTemplates>;
