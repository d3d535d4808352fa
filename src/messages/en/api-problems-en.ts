import type { ProblemTemplates } from '../problem-templates.ts';
import { at, encodingName, encodingNames, type Role, rolesOf } from './file-problems-en.ts';
import { sheetList } from './workbook-problems-en.ts';

const FIELDS: Readonly<Record<Role, string>> = {
  group: 'groupColumn',
  user: 'userColumn',
  message: 'messageColumn',
};

/** Problems of reading a file, in terms of the form fields of the API. */
export const apiProblemsEn = {
  header_below: ({ header, ...where }) => [
    `${at(where)}: it does not name the columns; the header seems to be in line ${header}.`,
    `Remove the lines above it, or set \`headerLine\` to ${header}.`,
  ],
  header_line_missing: ({ file, line }) => [
    `${file} has no rows from line ${line} on.`,
    'Set `headerLine` to the line that names the columns, counted from 1.',
  ],
  column_missing: (it) => [
    `${at(it)}: no column for the ${rolesOf(it).join(' and the ')}; found: ${it.found}.`,
    `Name the columns in the first line, for example group_id,user_id,message, or set ${rolesOf(it)
      .map((role) => `\`${FIELDS[role]}\``)
      .join(' and ')} to a column name or number.`,
  ],
  column_unclear: ({ role, columns, ...where }) => [
    `${at(where)}: several columns could be the ${role}: ${columns}.`,
    `Set \`${FIELDS[role]}\` to a column name or number, or rename the others.`,
  ],
  column_shared: ({ column, ...where }) => [
    `${at(where)}: ${column} cannot have two roles.`,
    `Choose different columns in \`${Object.values(FIELDS).join('`, `')}\`.`,
  ],
  column_number_wrong: ({ role, number, count, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${number}, but there are only ${count} columns.`,
    'Columns are numbered from 1.',
  ],
  column_unknown: ({ role, name, found, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${name}, but no column has this name: ${found}.`,
    'Use one of these names, or a column number.',
  ],
  column_name_shared: ({ role, name, columns, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${name}, but several columns have this name: ${columns}.`,
    'Use the column number instead.',
  ],
  json_keys_missing: (it) => [
    `${it.file}: no key for the ${rolesOf(it).join(' and the ')}; found: ${it.found}.`,
    `Call the keys group_id and user_id, or set ${rolesOf(it)
      .map((role) => `\`${FIELDS[role]}\``)
      .join(' and ')} to a key.`,
  ],
  delimiter_unclear: (where) => [
    `${at(where)}: the delimiter cannot be detected.`,
    'Set `delimiter`, or name the columns in the first line.',
  ],
  encoding_unclear: ({ file, suspected }) => [
    `${file}: the encoding is not supported or cannot be detected${suspected && `; it may be ${encodingNames(suspected, 'or')}`}.`,
    'Save the file as UTF-8, or set `encoding`, for example to windows-1251.',
  ],
  encoding_contradicted: ({ file, marked, encoding }) => [
    `${file} has the byte order mark of ${encodingName(marked)}, not of ${encodingName(encoding)}.`,
    `Omit \`encoding\`, or set it to ${marked}.`,
  ],
  text_damaged: ({ encoding, ...where }) => [
    `${at(where)}: the text is not valid ${encodingName(encoding)}.`,
    'Fix that line, or save the file as UTF-8, or set `encoding`, for example to windows-1251.',
  ],
  zero_byte: (where) => [
    `${at(where)}: the line has a zero byte; the file is binary, damaged or in UTF-16.`,
    'Remove it, or save the file as UTF-8, or set `encoding` to utf-16le if it is in UTF-16.',
  ],
  sheets_unknown: ({ file, sheets }) => [
    `${file}: no visible sheet names a group and a user column in its first row; sheets: ${sheetList(sheets)}.`,
    'Set `sheet` to the name of the sheet, or name the columns group_id and user_id in its first row.',
  ],
  sheet_missing: ({ file, name, sheets }) => [
    `${file} has no sheet ${name}; sheets: ${sheetList(sheets)}.`,
    'Set `sheet` to one of these names, or omit it.',
  ],
} satisfies Partial<ProblemTemplates>;
