import type { ProblemTemplates } from '../problem-templates.ts';
import { fileFactsEn } from './file-facts-en.ts';
import { at, encodingName, type Role, rolesOf } from './file-problems-en.ts';

const COLUMNS: Readonly<Record<Role, string>> = {
  group: 'group column',
  user: 'user column',
  message: 'message column',
};
const AS_UTF8 = 'save the file as UTF-8 (in Excel: File → Save as → CSV UTF-8)';

/** Problems of reading a file, in terms of the choices on the page. */
export const pageProblemsEn = {
  header_below: (it) => [
    fileFactsEn.header_below(it),
    'Check the header line and the columns below.',
  ],
  header_line_missing: (it) => [
    fileFactsEn.header_line_missing(it),
    'Enter the line that names the columns, counted from 1.',
  ],
  column_missing: (it) => [
    `${at(it)}: the ${rolesOf(it).join(' and the ')} column cannot be recognized by name; found: ${it.found}.`,
    `Choose the ${rolesOf(it)
      .map((role) => COLUMNS[role])
      .join(' and the ')}.`,
  ],
  column_unclear: (it) => [fileFactsEn.column_unclear(it), `Choose the ${COLUMNS[it.role]}.`],
  column_shared: (it) => [fileFactsEn.column_shared(it), 'Choose different columns.'],
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
  delimiter_unclear: (it) => [
    fileFactsEn.delimiter_unclear(it),
    'Choose the delimiter, or name the columns in the first line.',
  ],
  encoding_unclear: (it) => [
    fileFactsEn.encoding_unclear(it),
    `Choose the encoding in which the text is readable, or ${AS_UTF8}.`,
  ],
  encoding_contradicted: (it) => [
    fileFactsEn.encoding_contradicted(it),
    `Choose ${encodingName(it.marked)}.`,
  ],
  text_damaged: (it) => [
    fileFactsEn.text_damaged(it),
    `Fix that line, or ${AS_UTF8}, or choose another encoding.`,
  ],
  text_garbled: ({ file }) => [
    `${file}: the text is garbled: it is UTF-8 that was read in another encoding.`,
    'Choose UTF-8, or export the file again from its source.',
  ],
  zero_byte: (it) => [
    fileFactsEn.zero_byte(it),
    `Remove it, or ${AS_UTF8}, or choose UTF-16 as the encoding.`,
  ],
  sheets_unknown: (it) => [fileFactsEn.sheets_unknown(it), 'Choose the sheet and its columns.'],
  sheet_missing: (it) => [fileFactsEn.sheet_missing(it), 'Choose one of them.'],
} satisfies Partial<ProblemTemplates>;
